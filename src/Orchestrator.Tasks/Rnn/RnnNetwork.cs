using Orchestrator.Tasks.Language;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Rnn;

/// <summary>Embedding, recurrent layers, and a linear layer to the vocabulary.</summary>
internal sealed class RnnNetwork : nn.Module, ILanguageNetwork
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding embedding;
    private readonly nn.Module rnn;
    private readonly Linear head;
#pragma warning restore IDE1006
    private readonly RecurrentLayers _layers;
    private readonly double _dropout;

    internal RnnNetwork(RnnOptions options, long vocabulary)
        : base("rnn")
    {
        _dropout = options.Dropout;
        _layers = new RecurrentLayers(options.Cell, options.EmbeddingSize, options.HiddenSize, options.Layers, options.Layers > 1 ? options.Dropout : 0);
        embedding = nn.Embedding(vocabulary, options.EmbeddingSize);
        rnn = _layers.Module;
        head = nn.Linear(options.HiddenSize, vocabulary);
        RegisterComponents();
    }

    public nn.Module Module => this;

    public Tensor Logits(Tensor tokens) => Read(tokens, []).Logits;

    public ITextDecoder Decode() => new RnnDecoder(this);

    /// <summary>Reads on from a state; empty is the beginning.</summary>
    internal (Tensor Logits, IReadOnlyList<Tensor> State) Read(Tensor tokens, IReadOnlyList<Tensor> state)
    {
        var (outputs, end) = _layers.Read(embedding.call(tokens), state);
        return (head.call(nn.functional.dropout(outputs, _dropout, training)), end);
    }
}
