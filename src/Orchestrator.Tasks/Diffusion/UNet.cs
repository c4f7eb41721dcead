using Orchestrator.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// Predicts the noise in images: one residual block at the side of the patches, two and attention at half of it, and one back, with the first
/// one's output beside its input. Pixels of a patch are channels, which makes it several times faster than at full size.
/// Ronneberger et al.: U-Net, MICCAI 2015, as Ho et al. (NeurIPS 2020) have it.
/// </summary>
internal sealed class UNet : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    /// <summary>Groups of channels that are normalized together; channels are multiples of it.</summary>
    internal const int Groups = 8;

    private readonly int _patch;
    private readonly StepEmbedding _steps;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Sequential time;
    private readonly Linear? prompt;
    private readonly Conv2d input;
    private readonly ResidualBlock outer1;
    private readonly Conv2d down;
    private readonly ResidualBlock inner1;
    private readonly WordAttention? words;
    private readonly AttentionBlock attention;
    private readonly ResidualBlock inner2;
    private readonly Conv2d up;
    private readonly ResidualBlock outer2;
    private readonly GroupNorm norm;
    private readonly Conv2d output;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="shape">Of an image: channels, height, width.</param>
    /// <param name="features">Channels of the outer layers; the inner ones have twice as many.</param>
    /// <param name="patch">Side of a patch in pixels.</param>
    /// <param name="prompts">The words of a condition, and the numbers of a word; nothing where conditions are vectors.</param>
    /// <exception cref="TrainingException">Sides or channels cannot be divided as they must.</exception>
    internal UNet(IReadOnlyList<long> shape, long features, int patch, (long Words, long Size)? prompts = null)
        : base("unet")
    {
        if (shape[1] % (2 * patch) != 0 || shape[2] % (2 * patch) != 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"patch_size = {patch}: the sides of the images, {shape[1]} and {shape[2]}, must be multiples of twice as many pixels.");
        if (features % Groups != 0)
            throw new TrainingException(TrainingException.InvalidParameters, $"features = {features} is no multiple of {Groups}.");
        _patch = patch;
        _steps = new StepEmbedding(features);
        EmbeddingSize = 4 * features;
        var pixels = shape[0] * patch * patch;
        time = nn.Sequential(nn.Linear(features, EmbeddingSize), nn.SiLU(), nn.Linear(EmbeddingSize, EmbeddingSize));
        prompt = prompts is { } read ? nn.Linear(read.Words * read.Size, EmbeddingSize) : null;
        input = nn.Conv2d(pixels, features, 3, padding: 1);
        outer1 = new ResidualBlock(features, features, EmbeddingSize);
        down = nn.Conv2d(features, 2 * features, 3, stride: 2, padding: 1);
        inner1 = new ResidualBlock(2 * features, 2 * features, EmbeddingSize);
        words = prompts is { } seen ? new WordAttention(2 * features, shape[1] * shape[2] / (4 * patch * patch), seen.Size) : null;
        attention = new AttentionBlock(2 * features);
        inner2 = new ResidualBlock(2 * features, 2 * features, EmbeddingSize);
        up = nn.Conv2d(2 * features, features, 3, padding: 1);
        outer2 = new ResidualBlock(2 * features, features, EmbeddingSize);
        norm = nn.GroupNorm(Groups, features);
        output = nn.Conv2d(features, pixels, 3, padding: 1);
        nn.init.zeros_(output.weight!);
        RegisterComponents();
    }

    /// <summary>Numbers of a condition.</summary>
    internal long EmbeddingSize { get; }

    /// <summary>Predicts.</summary>
    /// <param name="images">Rows x channels x height x width.</param>
    /// <param name="times">How far along the diffusion each row is, 0 to 1.</param>
    /// <param name="condition">Rows x <see cref="EmbeddingSize"/>, or of prompts rows x words x numbers of a word, or nothing.</param>
    public override Tensor forward(Tensor images, Tensor times, Tensor? condition)
    {
        var known = Known(times, condition);
        var outer = Outer(images, known);
        var inner = inner2.call(attention.call(Inner(outer, known, condition)), known);
        var grown = up.call(F.interpolate(inner, scale_factor: [2]));
        var last = outer2.call(cat([grown, outer], 1), known);
        return F.pixel_shuffle(output.call(F.silu(norm.call(last))), _patch);
    }

    /// <summary>How much each pixel of the inner layers looks at each: rows x heads x pixels x pixels.</summary>
    /// <inheritdoc cref="forward"/>
    internal Tensor Attention(Tensor images, Tensor times, Tensor? condition)
    {
        var known = Known(times, condition);
        return attention.Weights(Inner(Outer(images, known), known, condition));
    }

    private Tensor Known(Tensor times, Tensor? condition)
    {
        var known = time.call(_steps.Of(times));
        var summary = prompt?.call(condition!.flatten(1)) ?? condition;
        return F.silu(summary is null ? known : known + summary);
    }

    private Tensor Outer(Tensor images, Tensor known) => outer1.call(input.call(F.pixel_unshuffle(images, _patch)), known);

    /// <summary>What attention sees.</summary>
    private Tensor Inner(Tensor outer, Tensor known, Tensor? condition)
    {
        var inner = inner1.call(down.call(outer), known);
        return words?.call(inner, condition!) ?? inner;
    }
}
