using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Benchmarks;

/// <summary>A layer of a decoder, normalised first; the twin of Block in reference.py.</summary>
internal sealed class Block : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly int _heads;
    private readonly LayerNorm norm1;
    private readonly Linear qkv;
    private readonly Linear mix;
    private readonly LayerNorm norm2;
    private readonly Linear up;
    private readonly Linear down;

    internal Block(int width, int heads)
        : base("block")
    {
        _heads = heads;
        (norm1, qkv, mix) = (nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width));
        (norm2, up, down) = (nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        var (rows, length, width) = (x.shape[0], x.shape[1], x.shape[2]);
        var parts = qkv.call(norm1.call(x)).view(rows, length, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
        var weights = (parts[0].matmul(parts[1].transpose(-2, -1)) * Math.Pow(width / _heads, -0.5) + mask).softmax(-1);
        var h = x + mix.call(weights.matmul(parts[2]).transpose(1, 2).reshape(rows, length, width));
        return h + down.call(F.gelu(up.call(norm2.call(h))));
    }
}
