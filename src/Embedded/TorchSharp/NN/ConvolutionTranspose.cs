using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions share.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    protected ConvolutionTranspose(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
        bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    public override Tensor forward(Tensor input) => forward(input, null);

    /// <param name="input">(batch, in_channels, spatial...).</param>
    /// <param name="output_size">The wanted spatial size, where the stride leaves a choice.</param>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>What to add to one side of the output to reach <paramref name="output_size"/>.</summary>
    protected long[] _output_padding(
        Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
    {
        if (output_size is null) return output_padding;
        var spatial = (int)num_spatial_dims;
        if (output_size.Length != spatial) output_size = output_size[^spatial..];
        var result = new long[spatial];
        for (var i = 0; i < spatial; i++)
        {
            var least = (input.shape[^(spatial - i)] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel_size[i] - 1) + 1;
            result[i] = output_size[i] - least;
            if (result[i] < 0 || result[i] >= stride[i])
                throw new ArgumentException($"an output size of {output_size[i]} in dimension {i}: from {least} to {least + stride[i] - 1} are possible");
        }

        return result;
    }
}
