using Orchestrator.Training.Privacy;

namespace Orchestrator.Training.Tests.Privacy;

public sealed class RenyiAccountantTests
{
    /// <summary>With the conversion of Mironov (2017), which the sources used: epsilon is the least of divergence + log(1/delta) / (order - 1).</summary>
    /// <remarks>
    /// Abadi et al.: Deep Learning with Differential Privacy, 2016, section 3.2 (1.26); TensorFlow Privacy's tutorial (1.18 at order 17) and its
    /// README of the MNIST example (2.92).
    /// </remarks>
    [Theory]
    [InlineData(0.01, 4, 10_000, 1.26)]
    [InlineData(250.0 / 60_000, 1.3, 3_600, 1.18)]
    [InlineData(256.0 / 60_000, 1.12, 14_062, 2.92)]
    public void Divergence_OfPublishedRuns_GivesTheirEpsilon(double samplingRate, double noise, int steps, double expected)
    {
        var accountant = new RenyiAccountant(samplingRate, noise);

        var epsilon = Enumerable.Range(2, 255).Min(order => (steps * accountant.Divergence(order)) + (Math.Log(1e5) / (order - 1)));

        Assert.Equal(expected, epsilon, 0.005);
    }

    [Theory]
    [InlineData(0.01, 4, 10_000, 1.0355)]
    [InlineData(256.0 / 60_000, 1.1, 14_062, 2.5970)]
    public void Epsilon_IsThatOfTheTighterConversion(double samplingRate, double noise, int steps, double expected) =>
        Assert.Equal(expected, new RenyiAccountant(samplingRate, noise).Epsilon(steps, 1e-5), 1e-4);

    /// <summary>All rows in every step: the Gaussian mechanism itself, order / (2 noise^2).</summary>
    [Fact]
    public void Divergence_OfEveryRow_IsTheGaussianMechanisms()
    {
        var accountant = new RenyiAccountant(1, 2);

        Assert.Equal(0.375, accountant.Divergence(3), 1e-12);
        Assert.Equal(32, accountant.Divergence(256), 1e-12);
    }

    [Fact]
    public void Steps_AreTheMostWithinTheBudget()
    {
        var accountant = new RenyiAccountant(0.02, 1.2);

        var steps = accountant.Steps(3, 1e-5);

        Assert.InRange(accountant.Epsilon(steps, 1e-5), 2.9, 3);
        Assert.True(accountant.Epsilon(steps + 1, 1e-5) > 3);
        Assert.Equal(0, accountant.Steps(1e-6, 1e-5));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(8)]
    public void LeastNoise_SpendsTheBudgetAndNoMore(double epsilon)
    {
        var noise = RenyiAccountant.LeastNoise(0.01, 5_000, epsilon, 1e-5);

        Assert.InRange(new RenyiAccountant(0.01, noise).Epsilon(5_000, 1e-5), epsilon * 0.98, epsilon);
    }

    [Fact]
    public void LeastNoise_WhereNoneIsEnough_SaysWhatToRaise()
    {
        var error = Assert.Throws<ArgumentException>(() => RenyiAccountant.LeastNoise(0.01, 100, 1e-9, 1e-300));
        Assert.Contains("delta", error.Message, StringComparison.Ordinal);
    }
}
