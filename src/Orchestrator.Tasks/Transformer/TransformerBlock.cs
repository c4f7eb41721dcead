using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>Attention and a feed-forward layer, each after a normalization, with the tensors of PyTorch's TransformerEncoderLayer (norm_first, gelu).</summary>
internal sealed class TransformerBlock : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly CausalAttention self_attn;
    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
#pragma warning restore IDE1006
    private readonly double _dropout;

    internal TransformerBlock(TransformerOptions options)
        : base("block")
    {
        _dropout = options.Dropout;
        self_attn = new CausalAttention(options);
        linear1 = nn.Linear(options.Width, options.FeedForward * options.Width);
        linear2 = nn.Linear(options.FeedForward * options.Width, options.Width);
        norm1 = nn.LayerNorm(options.Width);
        norm2 = nn.LayerNorm(options.Width);
        InitialWeights.Fill(linear1);
        InitialWeights.FillResidual(linear2, options.Layers);
        RegisterComponents();
    }

    /// <inheritdoc cref="CausalAttention.Attend"/>
    internal (Tensor Outputs, Tensor Weights) Read(Tensor inputs, Tensor mask, LayerCache? cache)
    {
        var (attended, weights) = self_attn.Attend(norm1.call(inputs), mask, cache);
        var middle = inputs + Drop(attended);
        return (middle + Drop(linear2.call(Drop(linear1.call(norm2.call(middle)).gelu()))), weights);
    }

    private Tensor Drop(Tensor values) => nn.functional.dropout(values, _dropout, training);
}
