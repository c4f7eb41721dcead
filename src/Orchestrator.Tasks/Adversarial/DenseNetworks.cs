using static TorchSharp.torch;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>Generators and discriminators of dense layers.</summary>
internal static class DenseNetworks
{
    /// <summary>Noise to images from -1 to 1.</summary>
    /// <param name="latentSize">Dimensions of the noise.</param>
    /// <param name="shape">Of an image: channels, height, width.</param>
    internal static nn.Module<Tensor, Tensor> Generator(long latentSize, IReadOnlyList<long> shape) => nn.Sequential([
        .. Stack([latentSize, 128, 256, 512, 1024, Elements(shape)], spectral: false), nn.Tanh(), nn.Unflatten(1, [.. shape])]);

    /// <summary>Images to numbers.</summary>
    /// <param name="shape">Of an image.</param>
    /// <param name="spectral">Whether layers have their spectral norm at 1.</param>
    /// <param name="outputs">Numbers for each image.</param>
    internal static nn.Module<Tensor, Tensor> Discriminator(IReadOnlyList<long> shape, bool spectral, long outputs) => nn.Sequential([
        nn.Flatten(), .. Stack([Elements(shape), 1024, 512, 256, outputs], spectral)]);

    /// <summary>Dense layers with leaks between them.</summary>
    internal static IEnumerable<nn.Module<Tensor, Tensor>> Stack(long[] sizes, bool spectral) => sizes.Zip(sizes.Skip(1))
        .SelectMany(pair => new[] { Layers.Dense(pair.First, pair.Second, spectral), Layers.Leak() })
        .SkipLast(1);

    private static long Elements(IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
