using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes modules' parameters and gives them PyTorch's initial values.</summary>
internal static class Parameters
{
    internal static Parameter New(long[] shape, Device? device, ScalarType? dtype) => new(empty(shape, dtype, device));

    /// <summary>Uniform in ±1/sqrt(fan_in), PyTorch's default for biases.</summary>
    internal static void BiasUniform(Parameter bias, long fanIn)
    {
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        nn.init.uniform_(bias, -bound, bound);
    }
}
