using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>Blocks one after the other and a last normalization, with the tensors of PyTorch's TransformerEncoder.</summary>
internal sealed class TransformerStack : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly ModuleList<TransformerBlock> layers;
    private readonly LayerNorm norm;
#pragma warning restore IDE1006

    internal TransformerStack(TransformerOptions options)
        : base("stack")
    {
        layers = nn.ModuleList<TransformerBlock>([.. Enumerable.Range(0, options.Layers).Select(_ => new TransformerBlock(options))]);
        norm = nn.LayerNorm(options.Width);
        RegisterComponents();
    }

    /// <summary>Reads vectors; the weights of each block's attention go to <paramref name="weights"/>, if that is given.</summary>
    internal Tensor Read(Tensor inputs, Tensor mask, IReadOnlyList<LayerCache>? caches, List<Tensor>? weights)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            (inputs, var seen) = layers[i].Read(inputs, mask, caches?[i]);
            weights?.Add(seen);
        }

        return norm.call(inputs);
    }
}
