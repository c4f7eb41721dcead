using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>Self-attention between all pixels, added to them. Vaswani et al.: Attention Is All You Need, NIPS 2017.</summary>
internal sealed class AttentionBlock : nn.Module<Tensor, Tensor>
{
    private const long Heads = 4;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly GroupNorm norm;
    private readonly Conv2d qkv;
    private readonly Conv2d projection;
#pragma warning restore IDE1006

    internal AttentionBlock(long channels)
        : base("attention")
    {
        norm = nn.GroupNorm(UNet.Groups, channels);
        qkv = nn.Conv2d(channels, 3 * channels, 1);
        projection = nn.Conv2d(channels, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        var parts = Project(images);
        var attended = F.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        return images + projection.call(attended.transpose(-1, -2).reshape(images.shape));
    }

    /// <summary>How much each pixel looks at each: rows x heads x pixels x pixels.</summary>
    internal Tensor Weights(Tensor images)
    {
        var parts = Project(images);
        return (parts[0] * (1 / Math.Sqrt(parts[0].size(-1)))).matmul(parts[1].transpose(-1, -2)).softmax(-1);
    }

    /// <summary>Queries, keys and values, rows x heads x pixels x channels of a head each.</summary>
    private Tensor[] Project(Tensor images)
    {
        var (rows, channels, pixels) = (images.shape[0], images.shape[1], images.shape[2] * images.shape[3]);
        return qkv.call(norm.call(images)).view(rows, 3, Heads, channels / Heads, pixels).transpose(-1, -2).unbind(1);
    }
}
