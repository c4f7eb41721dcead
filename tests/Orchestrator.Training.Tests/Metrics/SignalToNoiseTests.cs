using Orchestrator.Training.Metrics;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Metrics;

public sealed class SignalToNoiseTests
{
    /// <summary>By hand: powers of 1 and 0.25 are 6.0206 decibels apart, those of 1 and the least, 1e-10, are 100.</summary>
    [Theory]
    [InlineData(1.0, 1.5, 6.020599913279624)]
    [InlineData(1.0, 1.0, 100)]
    [InlineData(0.0, 0.0, 0)]
    public void OfEach_OfTwoSounds_IsTheRatioOfTheirPowers(double reference, double sound, double expected)
    {
        using var scope = NewDisposeScope();
        var found = SignalToNoise.OfEach(Wave(sound), Wave(reference));
        Assert.Equal(expected, found[0].item<double>(), 9);
    }

    private static Tensor Wave(double size) => tensor(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? size : -size).ToArray()).view(1, 1, 8);
}
