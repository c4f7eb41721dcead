using Orchestrator.Tasks.Language;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>A decoder alone, with learned positions.</summary>
internal sealed class TransformerNetwork : nn.Module, ILanguageNetwork
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding embedding;
    private readonly Embedding positions;
    private readonly TransformerStack encoder;
    private readonly Linear? head;
#pragma warning restore IDE1006
    private readonly TransformerOptions _options;

    internal TransformerNetwork(TransformerOptions options, long vocabulary)
        : base("transformer")
    {
        _options = options;
        embedding = nn.Embedding(vocabulary, options.Width);
        positions = nn.Embedding(options.Context, options.Width);
        encoder = new TransformerStack(options);
        head = options.TieWeights ? null : nn.Linear(options.Width, vocabulary, hasBias: false);
        InitialWeights.Fill(embedding.weight);
        InitialWeights.Fill(positions.weight);
        if (head is not null)
            InitialWeights.Fill(head.weight!);
        RegisterComponents();
    }

    public nn.Module Module => this;

    public Tensor Logits(Tensor tokens) => Project(Read(tokens, null, null));

    public ITextDecoder Decode() => new TransformerDecoder(this, _options);

    /// <summary>Reads on from caches and says what comes after the last position: rows x vocabulary.</summary>
    internal Tensor Continue(Tensor tokens, IReadOnlyList<LayerCache> caches) => Project(Read(tokens, caches, null).select(1, -1));

    /// <summary>What each position of a text looks at, block by block: rows x heads x positions x positions.</summary>
    internal IReadOnlyList<Tensor> Attention(Tensor tokens)
    {
        var weights = new List<Tensor>();
        Read(tokens, null, weights);
        return weights;
    }

    private Tensor Read(Tensor tokens, IReadOnlyList<LayerCache>? caches, List<Tensor>? weights)
    {
        var (past, count) = (caches?[0].Length ?? 0, tokens.size(1));
        var vectors = embedding.call(tokens) + positions.weight.narrow(0, past, count);
        var mask = zeros(count, past + count, device: tokens.device);
        if (count > 1)
            mask = mask.masked_fill(ones(count, past + count, ScalarType.Bool, tokens.device).tril(past).logical_not(), double.NegativeInfinity);
        return encoder.Read(nn.functional.dropout(vectors, _options.Dropout, training), mask, caches, weights);
    }

    private Tensor Project(Tensor vectors) => head is null ? nn.functional.linear(vectors, embedding.weight) : head.call(vectors);
}
