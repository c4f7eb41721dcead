using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Translate;

/// <summary>
/// The edges of images: pixels whose neighbourhood of 3 x 3 has both dark and bright ones, by the morphological gradient (Rivest et al.:
/// Morphological Gradients, Journal of Electronic Imaging, 1993).
/// </summary>
internal static class EdgeMap
{
    private const double Threshold = 0.5;

    /// <summary>1 at edges and 0 elsewhere.</summary>
    /// <param name="images">Rows x channels x height x width, 0 to 1.</param>
    internal static Tensor Of(Tensor images)
    {
        var bright = (images > Threshold).to(ScalarType.Float32);
        return Largest(bright) + Largest(-bright);
    }

    private static Tensor Largest(Tensor images) => F.max_pool2d(images, 3, stride: 1, padding: 1);
}
