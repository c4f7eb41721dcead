using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>Two 3 x 3 convolutions beside a shortcut; between them comes what is known of the row: the step and the condition.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly GroupNorm norm1;
    private readonly Conv2d conv1;
    private readonly Linear embedding;
    private readonly GroupNorm norm2;
    private readonly Conv2d conv2;
    private readonly Conv2d? shortcut;
#pragma warning restore IDE1006

    /// <summary>Makes the layers.</summary>
    /// <param name="inputs">Channels that come in; a multiple of 8.</param>
    /// <param name="outputs">Channels that go out; a multiple of 8.</param>
    /// <param name="embeddingSize">Numbers that are known of a row.</param>
    internal ResidualBlock(long inputs, long outputs, long embeddingSize)
        : base("block")
    {
        norm1 = nn.GroupNorm(UNet.Groups, inputs);
        conv1 = nn.Conv2d(inputs, outputs, 3, padding: 1);
        embedding = nn.Linear(embeddingSize, outputs);
        norm2 = nn.GroupNorm(UNet.Groups, outputs);
        conv2 = nn.Conv2d(outputs, outputs, 3, padding: 1);
        shortcut = inputs == outputs ? null : nn.Conv2d(inputs, outputs, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images, Tensor known)
    {
        var hidden = conv1.call(F.silu(norm1.call(images))) + embedding.call(known).unsqueeze(-1).unsqueeze(-1);
        return conv2.call(F.silu(norm2.call(hidden))) + (shortcut?.call(images) ?? images);
    }
}
