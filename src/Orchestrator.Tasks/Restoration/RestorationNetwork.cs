using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Restoration;

/// <summary>
/// Residual blocks at half the side of the images, which the last layer's channels double: Lim et al.: Enhanced Deep Residual Networks for
/// Single Image Super-Resolution, CVPR workshops 2017, with the sub-pixel layer of Shi et al., CVPR 2016. The blocks look ever further
/// around: Yu and Koltun: Multi-Scale Context Aggregation by Dilated Convolutions, ICLR 2016.
/// </summary>
internal sealed class RestorationNetwork : nn.Module<Tensor, Tensor>
{
    private const int Doubling = 2;
    private const int Dilations = 3;

    private readonly int _blocks;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Conv2d input;
    private readonly ModuleList<Conv2d> convolutions;
    private readonly Conv2d output;
#pragma warning restore IDE1006

    /// <summary>Makes the layers; the last one gives zeros at first.</summary>
    /// <param name="inputs">Channels that come in, at half the side.</param>
    /// <param name="outputs">Channels that go out, at the whole side.</param>
    /// <param name="options">How large it is.</param>
    internal RestorationNetwork(long inputs, long outputs, RestorationOptions options)
        : base("restoration")
    {
        _blocks = options.Blocks;
        input = nn.Conv2d(inputs, options.Features, 3, padding: 1);
        convolutions = nn.ModuleList([.. Enumerable.Range(0, 2 * _blocks).Select(i => Convolution(options.Features, i))]);
        output = nn.Conv2d(options.Features, outputs * Doubling * Doubling, 3, padding: 1);
        nn.init.zeros_(output.weight!);
        nn.init.zeros_(output.bias!);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        var hidden = input.call(images);
        for (var block = 0; block < _blocks; block++)
            hidden += convolutions[(2 * block) + 1].call(convolutions[2 * block].call(hidden.relu()).relu());
        return F.pixel_shuffle(output.call(hidden.relu()), Doubling);
    }

    /// <summary>The second one of each block sees 1, 2 or 4 pixels apart.</summary>
    private static Conv2d Convolution(long features, int index)
    {
        var dilation = index % 2 == 0 ? 1 : 1L << (index / 2 % Dilations);
        return nn.Conv2d(features, features, 3, padding: dilation, dilation: dilation);
    }
}
