using Orchestrator.Tasks.Language;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Rnn;

/// <summary>Writes with recurrent layers: their state is all there is to remember.</summary>
internal sealed class RnnDecoder(RnnNetwork network) : ITextDecoder
{
    private IReadOnlyList<Tensor> _state = [];

    public Tensor Read(Tensor tokens)
    {
        var (logits, state) = network.Read(tokens, _state);
        Dispose();
        _state = [.. state.Select(tensor => tensor.DetachFromDisposeScope())];
        return logits.select(1, -1);
    }

    public void Dispose()
    {
        foreach (var tensor in _state)
            tensor.Dispose();
    }
}
