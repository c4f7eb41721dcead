using Orchestrator.Tasks.Restoration;
using Orchestrator.Training.Data;

namespace Orchestrator.Tasks.Superres;

/// <summary>
/// Doubles the resolution of images. Lim et al.: Enhanced Deep Residual Networks for Single Image Super-Resolution, CVPR workshops 2017;
/// Shi et al.: Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network, CVPR 2016.
/// </summary>
public sealed class SuperresTask() : RestorationTask<PlainRestorationOptions>("superres", "Doubles the resolution of images.")
{
    /// <inheritdoc/>
    private protected override IDamage DamageOf(PlainRestorationOptions options, DataShape data) => new HalvedResolution();
}
