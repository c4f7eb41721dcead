using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>
/// A layer whose weight is divided by its largest singular value, which one step of power iteration at each use follows.
/// Miyato et al.: Spectral Normalization for Generative Adversarial Networks, ICLR 2018.
/// </summary>
internal sealed class SpectralNorm : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor, Tensor?, Tensor> _apply;
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Parameter weight_orig;
    private readonly Parameter? bias;
    private readonly Tensor weight_u;
#pragma warning restore IDE1006

    /// <summary>Takes over a layer's parameters.</summary>
    /// <param name="weight">The weight; its first dimension counts outputs.</param>
    /// <param name="bias">The bias, if there is one.</param>
    /// <param name="apply">The layer as a function of input, weight and bias.</param>
    internal SpectralNorm(Parameter weight, Parameter? bias, Func<Tensor, Tensor, Tensor?, Tensor> apply)
        : base("spectral")
    {
        _apply = apply;
        weight_orig = weight;
        this.bias = bias;
        weight_u = F.normalize(randn(weight.shape[0]), dim: 0);
        register_buffer(nameof(weight_u), weight_u);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var matrix = weight_orig.flatten(1);
        var (u, v) = Iterate(matrix);
        return _apply(input, weight_orig / u.dot(matrix.mv(v)), bias);
    }

    /// <summary>The singular vectors, as constants: the buffer changes before backward comes back here.</summary>
    private (Tensor U, Tensor V) Iterate(Tensor matrix)
    {
        using var noGradient = no_grad();
        var v = F.normalize(matrix.t().mv(weight_u), dim: 0);
        if (training)
            weight_u.copy_(F.normalize(matrix.mv(v), dim: 0));
        return (weight_u.clone(), v);
    }
}
