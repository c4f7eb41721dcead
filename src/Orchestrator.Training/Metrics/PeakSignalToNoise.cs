using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// The peak signal-to-noise ratio: 10 log10(1 / mean squared error), in decibels. Huynh-Thu and Ghanbari: Scope of Validity of PSNR in
/// Image/Video Quality Assessment, Electronics Letters, 2008.
/// </summary>
public static class PeakSignalToNoise
{
    private const double LeastError = 1e-10;

    /// <summary>The ratio of each image; equal ones have 100.</summary>
    /// <param name="images">Rows x channels x height x width, from 0 to 1.</param>
    /// <param name="references">What they should be.</param>
    /// <returns>One number a row.</returns>
    public static Tensor OfEach(Tensor images, Tensor references)
    {
        using var scope = NewDisposeScope();
        var errors = (images - references).square().mean([1, 2, 3]).clamp(min: LeastError);
        return scope.MoveToOuter(errors.log10() * -10);
    }
}
