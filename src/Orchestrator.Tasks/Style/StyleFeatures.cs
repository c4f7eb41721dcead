using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Style;

/// <summary>
/// Convolutions with random weights that never change, three layers deep: Ustyuzhaninov et al.: What Does It Take to Generate Natural
/// Textures?, ICLR 2017, show that such features hold a texture as trained ones do. The Gram matrix of a layer, its features' products
/// averaged over all places, is what Gatys et al.: Image Style Transfer Using Convolutional Neural Networks, CVPR 2016, call style.
/// </summary>
internal sealed class StyleFeatures : nn.Module
{
    private const long Features = 32;
    private const double EdgeGain = 3;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Tensor weight1;
    private readonly Tensor weight2;
    private readonly Tensor weight3;
#pragma warning restore IDE1006

    internal StyleFeatures(long channels)
        : base("features")
    {
        weight1 = Edges(Filters(channels));
        weight2 = Filters(Features);
        weight3 = Filters(Features);
        register_buffer(nameof(weight1), weight1);
        register_buffer(nameof(weight2), weight2);
        register_buffer(nameof(weight3), weight3);
    }

    /// <summary>The layers' outputs, each at half the side of the one before.</summary>
    internal Tensor[] Of(Tensor images)
    {
        var first = F.conv2d(images - 0.5, weight1, padding: [1, 1]).relu();
        var second = F.conv2d(F.avg_pool2d(first, 2), weight2, padding: [1, 1]).relu();
        var third = F.conv2d(F.avg_pool2d(second, 2), weight3, padding: [1, 1]).relu();
        return [first, second, third];
    }

    /// <summary>Rows x features x features of a layer's output.</summary>
    internal static Tensor Gram(Tensor layer)
    {
        var flat = layer.flatten(2);
        return flat.matmul(flat.transpose(1, 2)) / flat.shape[2];
    }

    /// <summary>Filters that do not see how bright an image is, only what changes within it: style is no brightness.</summary>
    private static Tensor Edges(Tensor filters) => (filters - filters.mean([2, 3], keepdim: true)) * EdgeGain;

    /// <summary>With zero mean and the deviation that keeps the size of what passes.</summary>
    private static Tensor Filters(long inputs) => randn(Features, inputs, 3, 3) * Math.Sqrt(2.0 / (9 * inputs));
}
