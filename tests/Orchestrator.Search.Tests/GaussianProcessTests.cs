using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Tests;

public sealed class GaussianProcessTests
{
    private static readonly Axis[] Axes = [new(true, null), new(false, 3), new(true, 5)];

    [Fact]
    public void Gradient_OfEveryParameter_IsTheSlopeOfTheLikelihood()
    {
        var data = Data(17, absent: true);
        double[] at = [0.5, -0.3, 1.1, 0.2, 0, -0.3, 0.1, 0, 0.25, -0.2, -2];

        var gradient = new GaussianProcess(data, GpParameters.FromLogarithms(at)).Gradient(bending: true);

        for (var p = 0; p < at.Length; p++)
        {
            const double Step = 1e-5;
            var slope = (Likelihood(at, p, Step) - Likelihood(at, p, -Step)) / (2 * Step);
            Assert.Equal(slope, gradient[p], 1e-4 * Math.Max(1, Math.Abs(slope)));
        }

        double Likelihood(double[] around, int parameter, double step) =>
            new GaussianProcess(data, GpParameters.FromLogarithms([.. around.Select((v, i) => i == parameter ? v + step : v)])).LogLikelihood;
    }

    [Fact]
    public void Predict_AtAnObservation_GivesItBackButForItsNoise()
    {
        var data = Data(9, absent: false);
        var parameters = GpParameters.FromLogarithms([2, 2, 2, 0, 0, 0, 0, 0, 0, 0, -16]);
        var exact = new GaussianProcess(data, parameters);
        var noisy = new GaussianProcess(data with { Noise = [1e6, .. data.Noise[1..]] }, parameters);

        Assert.Equal(data.Values[1], exact.Predict(data.Points[1]).Mean, 0.01);
        Assert.InRange(exact.Predict(data.Points[1]).Variance, 0, 0.01);
        // What is known to be noise alone teaches nothing.
        var without = new GaussianProcess(data with { Points = data.Points[1..], Values = data.Values[1..], Noise = data.Noise[1..] }, parameters);
        Assert.Equal(without.Predict(data.Points[0]).Mean, noisy.Predict(data.Points[0]).Mean, 0.01);
    }

    [Fact]
    public void Fit_FunctionThatChangesAtOneEnd_BendsTheAxisThere()
    {
        double[][] points = [.. Enumerable.Range(0, 30).Select(i => new[] { (i + 0.5) / 30 })];
        double[] values = [.. points.Select(p => Math.Sin(12 * Math.Pow(p[0], 4)))];

        var fitted = GpFit.Fit(new GpData([new Axis(true, null)], points, values, new double[30]), bending: 0.5);

        Assert.True(fitted.Rise[0] > 1.3, $"rise {fitted.Rise[0]}");
    }

    [Fact]
    public void Fantasies_OfRunningTrials_AverageToTheProcessAndLowerItsVariance()
    {
        var data = Data(12, absent: false);
        var process = new GaussianProcess(data, GpParameters.FromLogarithms([2, 1, 2, 0, 0, 0, 0, 0, 0, 0, -5]));
        double[][] running = [[0.31, 1, 0.5], [0.77, 2, 0.25]];
        var random = new SplitMix64(4);
        var fantasies = new Fantasies(process, data, running, 64, ref random);
        var means = new double[64];

        var variance = fantasies.Predict(running[0], means);

        // Every other draw is the mirror image of the one before.
        Assert.Equal(process.Predict(running[0]).Mean, means.Average(), 1e-9);
        Assert.InRange(variance, 0, 0.2 * process.Predict(running[0]).Variance);
        var spread = means.Average(m => (m - means.Average()) * (m - means.Average()));
        Assert.InRange(spread, 0.5 * process.Predict(running[0]).Variance, 1.6 * process.Predict(running[0]).Variance);
    }

    private static GpData Data(int count, bool absent)
    {
        var random = new SplitMix64(7);
        var points = new double[count][];
        for (var i = 0; i < count; i++) points[i] = [random.NextDouble(), random.NextBelow(3), absent && i % 4 == 3 ? double.NaN : random.NextBelow(5) / 4.0];
        return new GpData(Axes, points, [.. points.Select(p => Math.Sin(5 * p[0]) + 0.3 * p[1] - (double.IsNaN(p[2]) ? 1 : p[2] * p[2]))], [.. points.Select((_, i) => i % 5 == 0 ? 0.05 : 0)]);
    }
}
