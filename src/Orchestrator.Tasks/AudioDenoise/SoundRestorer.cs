using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.AudioDenoise;

/// <summary>
/// Residual blocks over frames of samples, which look ever further around: He et al.: Deep Residual Learning, CVPR 2016; Yu and Koltun:
/// Multi-Scale Context Aggregation by Dilated Convolutions, ICLR 2016. The samples of a frame are channels, which makes it several times faster.
/// </summary>
internal sealed class SoundRestorer : nn.Module<Tensor, Tensor>
{
    /// <summary>Samples of a frame: lengths are multiples of it.</summary>
    internal const int FrameSamples = 8;

    private const int Dilations = 4;

    private readonly int _blocks;

#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Conv1d input;
    private readonly ModuleList<Conv1d> convolutions;
    private readonly Conv1d output;
#pragma warning restore IDE1006

    /// <summary>Makes the layers; the last one gives zeros at first.</summary>
    internal SoundRestorer(AudioDenoiseOptions options)
        : base("restorer")
    {
        _blocks = options.Blocks;
        input = nn.Conv1d(FrameSamples, options.Features, 3, padding: 1);
        convolutions = nn.ModuleList([.. Enumerable.Range(0, 2 * _blocks).Select(i => Convolution(options.Features, i))]);
        output = nn.Conv1d(options.Features, FrameSamples, 3, padding: 1);
        nn.init.zeros_(output.weight!);
        nn.init.zeros_(output.bias!);
        RegisterComponents();
    }

    /// <summary>Rows x 1 x samples to as many: what to add to them.</summary>
    public override Tensor forward(Tensor sounds)
    {
        var (rows, samples) = (sounds.size(0), sounds.size(2));
        var hidden = input.call(sounds.view(rows, samples / FrameSamples, FrameSamples).transpose(1, 2));
        for (var block = 0; block < _blocks; block++)
            hidden += convolutions[(2 * block) + 1].call(convolutions[2 * block].call(hidden.relu()).relu());
        return output.call(hidden.relu()).transpose(1, 2).reshape(rows, 1, samples);
    }

    /// <summary>The second one of each block sees 1, 2, 4 or 8 frames apart.</summary>
    private static Conv1d Convolution(long features, int index)
    {
        var dilation = index % 2 == 0 ? 1 : 1L << (index / 2 % Dilations);
        return nn.Conv1d(features, features, 3, padding: dilation, dilation: dilation);
    }
}
