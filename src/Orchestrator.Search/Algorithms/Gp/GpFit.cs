using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// Finds the likeliest parameters of a Gaussian process, with priors that keep few observations from being overfitted.
/// The ascent is Rprop: it looks at the signs of the gradient only. Riedmiller, Braun: A Direct Adaptive Method for Faster Backpropagation
/// Learning: The RPROP Algorithm, 1993; Blum, Riedmiller: Optimization of Gaussian Process Hyperparameters Using Rprop, 2013.
/// </summary>
internal static class GpFit
{
    private const int Steps = 24;

    /// <param name="data">What was observed.</param>
    /// <param name="bending">The deviation of the logarithms of the exponents that bend the axes; 0 leaves them straight.</param>
    public static GpParameters Fit(GpData data, double bending = 0)
    {
        var prior = Prior(data.Axes, bending);
        var at = prior.Select(p => p.Mean).ToArray();
        var step = Enumerable.Repeat(0.4, at.Length).ToArray();
        var before = new double[at.Length];
        var (best, bestScore) = (at, double.NegativeInfinity);
        for (var i = 0; i < Steps; i++)
        {
            var process = new GaussianProcess(data, GpParameters.FromLogarithms(at));
            var score = process.LogLikelihood;
            var gradient = process.Gradient(bending > 0);
            for (var p = 0; p < at.Length; p++)
            {
                if (prior[p].Deviation == 0) continue;
                var deviation = (at[p] - prior[p].Mean) / prior[p].Deviation;
                score -= 0.5 * deviation * deviation;
                gradient[p] -= deviation / prior[p].Deviation;
            }
            if (score > bestScore) (best, bestScore) = (at, score);
            at = Advance(at, gradient, before, step, prior);
            before = gradient;
        }
        return GpParameters.FromLogarithms(best);
    }

    private static double[] Advance(double[] at, double[] gradient, double[] before, double[] step, (double Mean, double Deviation)[] prior)
    {
        var next = new double[at.Length];
        for (var p = 0; p < at.Length; p++)
        {
            var agreement = gradient[p] * before[p];
            step[p] = Math.Clamp(step[p] * (agreement > 0 ? 1.2 : agreement < 0 ? 0.5 : 1), 1e-3, 1);
            next[p] = Math.Clamp(at[p] + Math.Sign(gradient[p]) * step[p], prior[p].Mean - 4 * prior[p].Deviation, prior[p].Mean + 4 * prior[p].Deviation);
        }
        return next;
    }

    /// <summary>
    /// Means and deviations of the logarithms. A length grows with the root of the number of axes, so that points stay as alike as in few dimensions:
    /// Hvarfner et al., Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML 2024.
    /// </summary>
    private static (double Mean, double Deviation)[] Prior(Axis[] axes, double bending)
    {
        var dimensions = axes.Length;
        return
        [
            .. axes.Select(axis => (-2 * Math.Log((axis.IsOrdered ? 0.35 : 0.8) * Math.Sqrt(dimensions)), 1.6)),
            .. axes.Select(_ => (0.0, bending)),
            .. axes.Select(_ => (0.0, bending)),
            (0, 0.7),
            (Math.Log(0.01), 1.2),
        ];
    }
}
