using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Elman, Finding Structure in Time (1990).</summary>
        public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;
            private readonly nn.NonLinearities _nonLinearity;

            internal RNN(
                long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
                : base(nameof(RNN))
            {
                _nonLinearity = nonLinearity;
                _weights = new RecurrentWeights(
                    1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, ConditionallyRegisterParameter, device, dtype);
            }

            /// <param name="input">(time, batch, size), or (batch, time, size) with batchFirst.</param>
            /// <param name="h0">(layers * directions, batch, hidden); zeros when null.</param>
            /// <returns>The outputs of all times, and the last hidden state.</returns>
            public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
            {
                using var zeros = h0 is null ? _weights.Zeros(input) : null;
                return Op.Call2(
                    _nonLinearity == nn.NonLinearities.ReLU ? "rnn_relu.input" : "rnn_tanh.input", input, h0 ?? zeros, _weights.All(Find), _weights.Bias, _weights.Layers, _weights.Dropout(training), training,
                    _weights.Bidirectional, _weights.BatchFirst);
            }

            public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

            /// <summary>Nothing to do on the CPU.</summary>
            public void flatten_parameters()
            {
            }
        }

        /// <summary>Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014).</summary>
        public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;

            internal GRU(
                long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
                : base(nameof(GRU)) =>
                _weights = new RecurrentWeights(
                    3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, ConditionallyRegisterParameter, device, dtype);

            /// <param name="input">(time, batch, size), or (batch, time, size) with batchFirst.</param>
            /// <param name="h0">(layers * directions, batch, hidden); zeros when null.</param>
            /// <returns>The outputs of all times, and the last hidden state.</returns>
            public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
            {
                using var zeros = h0 is null ? _weights.Zeros(input) : null;
                return Op.Call2(
                    "gru.input", input, h0 ?? zeros, _weights.All(Find), _weights.Bias, _weights.Layers, _weights.Dropout(training), training,
                    _weights.Bidirectional, _weights.BatchFirst);
            }

            public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

            /// <summary>Nothing to do on the CPU.</summary>
            public void flatten_parameters()
            {
            }
        }

        /// <summary>Hochreiter and Schmidhuber, Long Short-Term Memory (1997).</summary>
        public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;

            internal LSTM(
                long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
                : base(nameof(LSTM)) =>
                _weights = new RecurrentWeights(
                    4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, ConditionallyRegisterParameter, device, dtype);

            /// <param name="input">(time, batch, size), or (batch, time, size) with batchFirst.</param>
            /// <param name="h0_c0">The hidden and the cell state, each (layers * directions, batch, hidden); zeros when null.</param>
            /// <returns>The outputs of all times, and the last hidden and cell states.</returns>
            public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
            {
                using var zeros = h0_c0 is null ? _weights.Zeros(input) : null;
                var (h0, c0) = h0_c0 ?? (zeros!, zeros!);
                return Op.Call3(
                    "lstm.input", input, (Tensor[])[h0, c0], _weights.All(Find), _weights.Bias, _weights.Layers, _weights.Dropout(training), training,
                    _weights.Bidirectional, _weights.BatchFirst);
            }

            public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

            /// <summary>Nothing to do on the CPU.</summary>
            public void flatten_parameters()
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The activation of a recurrent layer.</summary>
            public enum NonLinearities
            {
                ReLU = 0,
                Tanh = 1,
            }

            public static RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
