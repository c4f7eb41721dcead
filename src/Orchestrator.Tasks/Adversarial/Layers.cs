using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>Layers of discriminators, with their spectral norm or without.</summary>
internal static class Layers
{
    private const double Slope = 0.2;

    internal static nn.Module<Tensor, Tensor> Leak() => nn.LeakyReLU(Slope);

    internal static nn.Module<Tensor, Tensor> Dense(long inputs, long outputs, bool spectral)
    {
        var layer = nn.Linear(inputs, outputs);
        return spectral ? new SpectralNorm(layer.weight!, layer.bias, (x, weight, bias) => F.linear(x, weight, bias)) : layer;
    }

    /// <summary>A convolution without bias.</summary>
    internal static nn.Module<Tensor, Tensor> Convolution(long inputs, long outputs, long kernel, long stride, long padding, bool spectral)
    {
        var layer = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias: false);
        return spectral
            ? new SpectralNorm(layer.weight!, null, (x, weight, bias) => F.conv2d(x, weight, bias, [stride, stride], [padding, padding]))
            : layer;
    }
}
