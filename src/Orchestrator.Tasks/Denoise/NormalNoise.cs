using Orchestrator.Tasks.Restoration;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Denoise;

/// <summary>Normal noise on every pixel; the baseline is the noisy image.</summary>
/// <param name="level">Its standard deviation.</param>
internal sealed class NormalNoise(double level) : IDamage
{
    public long InputChannels(long channels) => 4 * channels;

    public Damaged Apply(Tensor images, NoiseSource noise)
    {
        var noisy = images + (noise.Normal((int)images.shape[0], [.. images.shape.Skip(1)]) * level);
        return new Damaged(F.pixel_unshuffle(noisy, 2), noisy, Lost: null);
    }
}
