using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// Lets each pixel look at the words of its row's prompt, and adds what it finds there. A pixel knows its place, for a prompt also says where something is.
/// Rombach et al.: High-Resolution Image Synthesis with Latent Diffusion Models, CVPR 2022.
/// </summary>
internal sealed class WordAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private const long Heads = 4;
    private const double InitialDeviation = 0.1;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding places;
    private readonly GroupNorm norm;
    private readonly Conv2d query;
    private readonly Linear memory;
    private readonly Conv2d projection;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Of the images; a multiple of 8.</param>
    /// <param name="pixels">Of an image.</param>
    /// <param name="wordSize">Numbers that stand for a word.</param>
    internal WordAttention(long channels, long pixels, long wordSize)
        : base("words")
    {
        places = nn.Embedding(pixels, channels);
        norm = nn.GroupNorm(UNet.Groups, channels);
        query = nn.Conv2d(channels, channels, 1);
        memory = nn.Linear(wordSize, 2 * channels);
        projection = nn.Conv2d(channels, channels, 1);
        nn.init.normal_(places.weight, 0, InitialDeviation);
        RegisterComponents();
    }

    /// <summary>Rows x channels x height x width, and rows x words x word size.</summary>
    public override Tensor forward(Tensor images, Tensor words)
    {
        var (rows, channels, pixels) = (images.shape[0], images.shape[1], images.shape[2] * images.shape[3]);
        var placed = images + places.weight!.t().view(1, channels, images.shape[2], images.shape[3]);
        var queries = query.call(norm.call(placed)).view(rows, Heads, channels / Heads, pixels).transpose(-1, -2);
        var remembered = memory.call(words).view(rows, words.shape[1], 2, Heads, channels / Heads).permute(2, 0, 3, 1, 4);
        var found = F.scaled_dot_product_attention(queries, remembered.select(0, 0), remembered.select(0, 1));
        return placed + projection.call(found.transpose(-1, -2).reshape(images.shape));
    }
}
