using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Audio;

/// <summary>A gated convolution that sees each sample and one some way back, with a residual and a skip connection.</summary>
internal sealed class WaveNetLayer : nn.Module
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Conv1d gated;
    private readonly Conv1d output;
#pragma warning restore IDE1006
    private readonly long _channels;
    private readonly long _skipChannels;

    internal WaveNetLayer(long channels, long skipChannels, int dilation)
        : base("layer")
    {
        (_channels, _skipChannels, Dilation) = (channels, skipChannels, dilation);
        gated = nn.Conv1d(channels, 2 * channels, 2, dilation: dilation);
        output = nn.Conv1d(channels, channels + skipChannels, 1);
        RegisterComponents();
    }

    /// <summary>How far back the other sample is.</summary>
    internal int Dilation { get; }

    /// <summary>All times at once; before the first one there is silence.</summary>
    /// <param name="inputs">Rows x channels x times.</param>
    /// <returns>For the next layer, of the same shape, and for the output: rows x skip channels x times.</returns>
    internal (Tensor Next, Tensor Skip) Read(Tensor inputs) => Finish(inputs, gated.call(F.pad(inputs, [Dilation, 0])));

    /// <summary>One time.</summary>
    /// <param name="past">Rows x channels x 1, <see cref="Dilation"/> times ago.</param>
    /// <param name="present">Of the same shape, now.</param>
    internal (Tensor Next, Tensor Skip) ReadOne(Tensor past, Tensor present)
    {
        var both = cat([past, present], 2).to(gated.weight!.dtype); // which mixed precision makes less than theirs
        return Finish(present, F.conv1d(both, gated.weight, gated.bias!).to(present.dtype));
    }

    private (Tensor Next, Tensor Skip) Finish(Tensor inputs, Tensor halves)
    {
        var seen = output.call(halves.narrow(1, 0, _channels).tanh() * halves.narrow(1, _channels, _channels).sigmoid());
        return (inputs + seen.narrow(1, 0, _channels), seen.narrow(1, _channels, _skipChannels));
    }
}
