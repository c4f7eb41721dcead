using Orchestrator.Tasks.Restoration;
using Orchestrator.Training.Data;

namespace Orchestrator.Tasks.Denoise;

/// <summary>
/// Takes normal noise away from images, by predicting it. Zhang et al.: Beyond a Gaussian Denoiser, IEEE Transactions on Image Processing,
/// 2017; at half the side, as in Zhang et al.: FFDNet, 2018.
/// </summary>
public sealed class DenoiseTask() : RestorationTask<DenoiseOptions>("denoise", "Takes noise away from images.")
{
    /// <inheritdoc/>
    private protected override IDamage DamageOf(DenoiseOptions options, DataShape data) => new NormalNoise(options.NoiseLevel);
}
