using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// How alike local means, contrasts and structures are: SSIM, from -1 to 1 for equal images, with the paper's windows (11 x 11, normally
/// weighted with deviation 1.5) and constants. Wang et al.: Image Quality Assessment: From Error Visibility to Structural Similarity, IEEE
/// Transactions on Image Processing, 2004.
/// </summary>
public static class StructuralSimilarity
{
    /// <summary>Side of a window, and the least side of an image.</summary>
    public const int WindowSide = 11;

    private const double Deviation = 1.5;
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    /// <summary>The mean over all windows that lie within each image.</summary>
    /// <param name="images">Rows x channels x height x width, from 0 to 1, sides of at least <see cref="WindowSide"/>.</param>
    /// <param name="references">What they should be.</param>
    /// <returns>One number a row.</returns>
    public static Tensor OfEach(Tensor images, Tensor references)
    {
        using var scope = NewDisposeScope();
        var window = Window().to(images.device);
        var (x, y) = (AsPlanes(images), AsPlanes(references));
        var (meanX, meanY) = (Mean(x, window), Mean(y, window));
        var varianceX = Mean(x * x, window) - (meanX * meanX);
        var varianceY = Mean(y * y, window) - (meanY * meanY);
        var covariance = Mean(x * y, window) - (meanX * meanY);
        var similarity = ((2 * meanX * meanY) + C1) * ((2 * covariance) + C2)
            / (((meanX * meanX) + (meanY * meanY) + C1) * (varianceX + varianceY + C2));
        return scope.MoveToOuter(similarity.mean([1, 2, 3]).view(images.shape[0], -1).mean([1]).to(images.dtype));
    }

    /// <summary>In double precision: differences of squares follow.</summary>
    private static Tensor AsPlanes(Tensor images) => images.to(ScalarType.Float64).reshape(-1, 1, images.shape[2], images.shape[3]);

    private static Tensor Window()
    {
        var offsets = arange(WindowSide, ScalarType.Float64) - (WindowSide / 2);
        var weights = (offsets.square() / (-2 * Deviation * Deviation)).exp();
        weights /= weights.sum();
        return weights.unsqueeze(1).matmul(weights.unsqueeze(0)).view(1, 1, WindowSide, WindowSide);
    }

    private static Tensor Mean(Tensor planes, Tensor window) => F.conv2d(planes, window);
}
