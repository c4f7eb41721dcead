using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all convolutions share: geometry, weight and bias, and PyTorch's initial values.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    /// <summary>For padding before the convolution, in the modes that it does not know: pairs, last dimension first.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
        bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"groups ({groups}) must divide in_channels ({in_channels}) and out_channels ({out_channels})", nameof(groups));
        (this.in_channels, this.out_channels, this.kernel_size, this.stride) = (in_channels, out_channels, kernel_size, stride);
        (this.dilation, this.transposed, this.output_padding) = (dilation, transposed, output_padding);
        (this.groups, this.padding_mode) = (groups, padding_mode);
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);
        weight = Parameters.New(
            [transposed ? in_channels : out_channels, (transposed ? out_channels : in_channels) / groups, .. kernel_size], device, dtype);
        if (bias) this.bias = Parameters.New([out_channels], device, dtype);
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; }

    public long[] stride { get; }

    public long[]? padding { get; private set; }

    public Padding? padding_type { get; private set; }

    public long[] dilation { get; }

    public bool transposed { get; }

    public long[] output_padding { get; }

    public long groups { get; }

    public PaddingModes padding_mode { get; }

    public Parameter weight
    {
        get => Find(nameof(weight))!;
        set => ConditionallyRegisterParameter(nameof(weight), value);
    }

    public Parameter? bias
    {
        get => Find(nameof(bias));
        set => ConditionallyRegisterParameter(nameof(bias), value);
    }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is not null) Parameters.BiasUniform(bias, nn.init.CalculateFanInAndFanOut(weight).fanIn);
    }

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        _reversed_padding_repeated_twice = [.. padding.Reverse().SelectMany(size => new[] { size, size })];
    }

    public void SetPadding(Padding padding)
    {
        if (transposed) throw new ArgumentException("Cannot set padding type on ConvTransposeND");
        if (padding == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions");
        this.padding = null;
        padding_type = padding;
        _reversed_padding_repeated_twice = [.. Enumerable.Range(0, kernel_size.Length).Reverse().SelectMany(i => SamePadding(padding, i))];
    }

    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    private protected void RequireShape(Tensor input, long dimensions)
    {
        if (!ValidateShape(input, dimensions))
            throw new ArgumentException(
                $"Expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels to {GetName()}, not [{string.Join(", ", input.shape)}].");
    }

    private long[] SamePadding(Padding padding, int dimension)
    {
        var total = padding == Padding.Same ? dilation[dimension] * (kernel_size[dimension] - 1) : 0;
        return [total / 2, total - total / 2];
    }
}
