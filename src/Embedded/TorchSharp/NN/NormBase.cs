using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch and instance normalization share: scale, shift and running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    protected NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = Parameters.New([num_features], device, dtype);
            bias = Parameters.New([num_features], device, dtype);
        }

        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype, device);
            running_var = ones(num_features, dtype, device);
            num_batches_tracked = tensor(0L, device: device);
        }

        reset_parameters();
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>The weight of a new batch in the running statistics; null: the mean of all batches.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

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

    public Tensor? running_mean
    {
        get => FindBuffer(nameof(running_mean));
        set => ConditionallyRegisterBuffer(nameof(running_mean), value);
    }

    public Tensor? running_var
    {
        get => FindBuffer(nameof(running_var));
        set => ConditionallyRegisterBuffer(nameof(running_var), value);
    }

    public Tensor? num_batches_tracked
    {
        get => FindBuffer(nameof(num_batches_tracked));
        set => ConditionallyRegisterBuffer(nameof(num_batches_tracked), value);
    }

    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        nn.init.zeros_(running_mean!);
        nn.init.ones_(running_var!);
        nn.init.zeros_(num_batches_tracked!);
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(weight);
        nn.init.zeros_(bias!);
    }

    protected abstract void ValidateInputDimensions(Tensor input);

    private protected static void RequireDimensions(Tensor input, params ReadOnlySpan<long> allowed)
    {
        if (!allowed.Contains(input.Dimensions))
            throw new ArgumentException($"expected an input of {string.Join(" or ", allowed.ToArray())} dimensions, but got {input.Dimensions}");
    }
}
