using Orchestrator.Tasks.Language;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Audio;

/// <summary>
/// Remembers of each layer as many inputs as it looks back, so that the next sample costs one time and not all of them.
/// Le Paine et al.: Fast WaveNet Generation Algorithm, 2016.
/// </summary>
internal sealed class WaveNetDecoder(WaveNetNetwork network) : ITextDecoder
{
    private readonly Tensor?[] _memories = new Tensor?[network.Layers.Count];
    private long _time;

    public Tensor Read(Tensor tokens)
    {
        var logits = ReadOne(tokens.narrow(1, 0, 1));
        for (var i = 1L; i < tokens.size(1); i++)
            logits = ReadOne(tokens.narrow(1, i, 1));
        return logits;
    }

    public void Dispose()
    {
        foreach (var memory in _memories)
            memory?.Dispose();
    }

    private Tensor ReadOne(Tensor token)
    {
        var values = network.Embed(token);
        Tensor? sum = null;
        for (var i = 0; i < _memories.Length; i++)
        {
            var layer = network.Layers[i];
            var place = Memory(i, values, layer.Dilation).narrow(2, _time % layer.Dilation, 1); // written a dilation ago, and to be read in another one
            var (next, skip) = layer.ReadOne(place, values);
            place.copy_(values);
            values = next;
            sum = sum is null ? skip : sum + skip;
        }

        _time++;
        return network.Project(sum!).select(2, 0);
    }

    private Tensor Memory(int layer, Tensor like, int length) =>
        _memories[layer] ??= zeros([like.size(0), like.size(1), length], like.dtype, like.device).DetachFromDisposeScope();
}
