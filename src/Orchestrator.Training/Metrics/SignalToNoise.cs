using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// The signal-to-noise ratio: 10 log10 of the power of what should be over that of the difference from it, in decibels. Vincent et al.: Performance
/// Measurement in Blind Audio Source Separation, IEEE Transactions on Audio, Speech and Language Processing, 2006.
/// </summary>
public static class SignalToNoise
{
    private const double LeastPower = 1e-10;

    /// <summary>The ratio of each sound. Powers count as at least 1e-10 a sample, so that silence has a ratio too.</summary>
    /// <param name="sounds">Rows x 1 x samples, from -1 to 1.</param>
    /// <param name="references">What they should be.</param>
    /// <returns>One number a row.</returns>
    public static Tensor OfEach(Tensor sounds, Tensor references)
    {
        using var scope = NewDisposeScope();
        var signal = references.square().mean([1, 2]).clamp(min: LeastPower);
        var noise = (sounds - references).square().mean([1, 2]).clamp(min: LeastPower);
        return scope.MoveToOuter((signal.log10() - noise.log10()) * 10);
    }
}
