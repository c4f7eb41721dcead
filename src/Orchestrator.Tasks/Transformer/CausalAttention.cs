using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>Self-attention with several heads, with the tensors of PyTorch's MultiheadAttention.</summary>
internal sealed class CausalAttention : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear out_proj;
#pragma warning restore IDE1006
    private readonly long _heads;
    private readonly double _dropout;

    internal CausalAttention(TransformerOptions options)
        : base("attention")
    {
        (_heads, _dropout) = (options.Heads, options.Dropout);
        in_proj_weight = nn.Parameter(empty(3 * options.Width, options.Width));
        in_proj_bias = nn.Parameter(zeros(3 * options.Width));
        out_proj = nn.Linear(options.Width, options.Width);
        InitialWeights.Fill(in_proj_weight);
        InitialWeights.FillResidual(out_proj, options.Layers);
        RegisterComponents();
    }

    /// <summary>Lets each position look at itself and those before it.</summary>
    /// <param name="inputs">Rows x new positions x width.</param>
    /// <param name="mask">New positions x all positions: 0 where to look, minus infinity elsewhere.</param>
    /// <param name="cache">Keys and values of the positions before, which takes those of the new ones; null where there are none.</param>
    /// <returns>Rows x new positions x width, and the weights: rows x heads x new positions x all positions.</returns>
    internal (Tensor Outputs, Tensor Weights) Attend(Tensor inputs, Tensor mask, LayerCache? cache)
    {
        var (rows, length, width) = (inputs.size(0), inputs.size(1), inputs.size(2));
        var projected = nn.functional.linear(inputs, in_proj_weight, in_proj_bias).view(rows, length, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4);
        var (keys, values) = (projected.select(0, 1), projected.select(0, 2));
        if (cache is not null)
            (keys, values) = cache.Add(keys, values);
        var scores = (projected.select(0, 0) * (1 / Math.Sqrt(width / _heads))).matmul(keys.transpose(-2, -1));
        var weights = scores.add_(mask).softmax(-1);
        var seen = nn.functional.dropout(weights, _dropout, training).matmul(values);
        return (out_proj.call(seen.transpose(1, 2).reshape(rows, length, width)), weights);
    }
}
