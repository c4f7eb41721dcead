using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>Sines and cosines of different frequencies, as Vaswani et al. (NIPS 2017) have them for positions.</summary>
/// <param name="size">Numbers of an embedding; even.</param>
internal sealed class StepEmbedding(long size)
{
    private const double Scale = 1000;
    private const double LongestPeriod = 10_000;

    /// <summary>Rows x size, of times from 0 to 1.</summary>
    internal Tensor Of(Tensor times)
    {
        var half = size / 2;
        var frequencies = (arange(half, ScalarType.Float32, times.device) * (-Math.Log(LongestPeriod) / half)).exp() * Scale;
        var angles = times.unsqueeze(1) * frequencies;
        return cat([angles.sin(), angles.cos()], 1);
    }
}
