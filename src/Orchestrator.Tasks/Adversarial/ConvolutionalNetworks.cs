using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>
/// Generators of transposed and discriminators of strided convolutions, for images of 28 or 64 pixels a side.
/// Radford et al.: Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks, ICLR 2016.
/// </summary>
internal static class ConvolutionalNetworks
{
    private const double InitialDeviation = 0.02;

    /// <summary>Sides that there are networks for, in pixels.</summary>
    internal static IReadOnlyList<int> Sides { get; } = [28, 64];

    /// <summary>Noise to images from -1 to 1.</summary>
    /// <param name="latentSize">Dimensions of the noise.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="side">Its height and width.</param>
    /// <param name="features">Channels of the last hidden layer; each layer before it has twice as many.</param>
    internal static nn.Module<Tensor, Tensor> Generator(long latentSize, long channels, int side, long features)
    {
        var widths = Widths(side, features);
        List<nn.Module<Tensor, Tensor>> layers = [nn.Unflatten(1, [latentSize, 1, 1]), Grow(latentSize, widths[^1], Seed(side), 1, 0)];
        for (var i = widths.Length - 1; i >= 0; i--)
            layers.AddRange([nn.BatchNorm2d(widths[i]), nn.ReLU(), Grow(widths[i], i > 0 ? widths[i - 1] : channels, 4, 2, 1)]);
        return Initialized(nn.Sequential([.. layers, nn.Tanh()]));
    }

    /// <summary>Images to numbers.</summary>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="side">Its height and width.</param>
    /// <param name="features">Channels of the first hidden layer; each layer after it has twice as many.</param>
    /// <param name="spectral">Whether layers have their spectral norm at 1.</param>
    /// <param name="normalized">Whether there is batch normalization; not with a gradient penalty, which is of single rows.</param>
    /// <param name="outputs">Numbers for each image.</param>
    internal static nn.Module<Tensor, Tensor> Discriminator(long channels, int side, long features, bool spectral, bool normalized, long outputs = 1)
    {
        var widths = Widths(side, features);
        List<nn.Module<Tensor, Tensor>> layers = [Layers.Convolution(channels, widths[0], 4, 2, 1, spectral), Layers.Leak()];
        for (var i = 1; i < widths.Length; i++)
        {
            layers.Add(Layers.Convolution(widths[i - 1], widths[i], 4, 2, 1, spectral));
            if (normalized)
                layers.Add(nn.BatchNorm2d(widths[i]));
            layers.Add(Layers.Leak());
        }

        return Initialized(nn.Sequential([.. layers, Layers.Convolution(widths[^1], outputs, Seed(side), 1, 0, spectral), nn.Flatten()]));
    }

    /// <summary>Channels after each halving of the side.</summary>
    private static long[] Widths(int side, long features) => side == 28 ? [features, 2 * features] : [features, 2 * features, 4 * features, 8 * features];

    /// <summary>Side of the smallest layer.</summary>
    private static int Seed(int side) => side == 28 ? 7 : 4;

    private static ConvTranspose2d Grow(long inputs, long outputs, long kernel, long stride, long padding) =>
        nn.ConvTranspose2d(inputs, outputs, kernel, stride, padding, bias: false);

    private static Sequential Initialized(Sequential network)
    {
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() == 4)
                nn.init.normal_(parameter, 0, InitialDeviation);
            else if (name.EndsWith("weight", StringComparison.Ordinal))
                nn.init.normal_(parameter, 1, InitialDeviation);
        }

        return network;
    }
}
