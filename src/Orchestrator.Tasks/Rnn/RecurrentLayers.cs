using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Rnn;

/// <summary>Recurrent layers of any kind, called alike. The module is PyTorch's, with its names.</summary>
internal sealed class RecurrentLayers
{
    internal RecurrentLayers(CellKind kind, long inputSize, long hiddenSize, long layers, double dropout) => Module = kind switch
    {
        CellKind.Rnn => nn.RNN(inputSize, hiddenSize, layers, batchFirst: true, dropout: dropout),
        CellKind.Gru => nn.GRU(inputSize, hiddenSize, layers, batchFirst: true, dropout: dropout),
        _ => nn.LSTM(inputSize, hiddenSize, layers, batchFirst: true, dropout: dropout),
    };

    internal nn.Module Module { get; }

    /// <summary>Reads sequences.</summary>
    /// <param name="inputs">Rows x times x size.</param>
    /// <param name="state">What an earlier call gave, or empty.</param>
    /// <returns>Rows x times x hidden size, and the state after the last time.</returns>
    internal (Tensor Outputs, IReadOnlyList<Tensor> State) Read(Tensor inputs, IReadOnlyList<Tensor> state)
    {
        switch (Module)
        {
            case LSTM lstm:
                var (outputs, hidden, cell) = lstm.call(inputs, state.Count == 0 ? null : (state[0], state[1]));
                return (outputs, [hidden, cell]);
            case GRU gru:
                var (gated, last) = gru.call(inputs, state.Count == 0 ? null : state[0]);
                return (gated, [last]);
            default:
                var (plain, end) = ((RNN)Module).call(inputs, state.Count == 0 ? null : state[0]);
                return (plain, [end]);
        }
    }
}
