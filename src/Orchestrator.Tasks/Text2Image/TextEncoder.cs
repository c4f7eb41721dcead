using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>From the numbers of captions' words to one vector for each caption: a Transformer's layer over the words, and the mean of those that there are.</summary>
internal sealed class TextEncoder : nn.Module<Tensor, Tensor>
{
    private const long Heads = 4;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding words;
    private readonly Embedding positions;
    private readonly TransformerEncoderLayer layer;
    private readonly Linear output;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="features">Numbers of a word inside; a multiple of 4.</param>
    /// <param name="outputSize">Numbers of the result.</param>
    internal TextEncoder(long features, long outputSize)
        : base("text")
    {
        words = nn.Embedding(CaptionTokens.Count, features);
        positions = nn.Embedding(CaptionTokens.Length, features);
        layer = nn.TransformerEncoderLayer(features, Heads, 2 * features, dropout: 0);
        output = nn.Linear(features, outputSize);
        RegisterComponents();
    }

    /// <summary>Rows x words to rows x output size.</summary>
    public override Tensor forward(Tensor tokens)
    {
        var places = positions.call(arange(tokens.shape[1], ScalarType.Int64, tokens.device));
        var read = layer.call((words.call(tokens) + places).transpose(0, 1));
        // What follows a short caption must not thin out what it says.
        var isWord = tokens.ne(0).to_type(read.dtype).transpose(0, 1).unsqueeze(-1);
        return output.call((read * isWord).sum([0]) / isWord.sum([0]).clamp_min(1));
    }
}
