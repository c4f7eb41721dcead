using Orchestrator.Tasks.Restoration;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Superres;

/// <summary>Each four pixels become their mean; the baseline is bicubic interpolation (Keys: Cubic Convolution Interpolation, 1981).</summary>
internal sealed class HalvedResolution : IDamage
{
    public long InputChannels(long channels) => channels;

    public Damaged Apply(Tensor images, NoiseSource noise)
    {
        var small = F.avg_pool2d(images, 2);
        return new Damaged(small, F.interpolate(small, [images.shape[2], images.shape[3]], mode: InterpolationMode.Bicubic, align_corners: false), Lost: null);
    }
}
