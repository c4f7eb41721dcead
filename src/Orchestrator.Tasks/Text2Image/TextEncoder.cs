using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>From the numbers of captions' words to a vector for each word, in its place: a Transformer's layer, so that a word knows of the others.</summary>
internal sealed class TextEncoder : nn.Module<Tensor, Tensor>
{
    private const long Heads = 4;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding words;
    private readonly Embedding positions;
    private readonly TransformerEncoderLayer layer;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="features">Numbers that stand for a word; a multiple of 4.</param>
    internal TextEncoder(long features)
        : base("text")
    {
        words = nn.Embedding(CaptionTokens.Count, features);
        positions = nn.Embedding(CaptionTokens.Length, features);
        layer = nn.TransformerEncoderLayer(features, Heads, 2 * features, dropout: 0);
        RegisterComponents();
    }

    /// <summary>Rows x words to rows x words x features. What follows a short caption is a word like any other: it says that the caption has ended.</summary>
    public override Tensor forward(Tensor tokens)
    {
        var places = positions.call(arange(tokens.shape[1], ScalarType.Int64, tokens.device));
        return layer.call((words.call(tokens) + places).transpose(0, 1)).transpose(0, 1);
    }
}
