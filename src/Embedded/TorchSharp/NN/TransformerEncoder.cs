using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Self-attention and two dense layers, each with a residual connection and normalization after it. (length, batch, d_model).</summary>
        public sealed class TransformerEncoderLayer : nn.Module<Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor, Tensor>
        {
            private readonly MultiheadAttention self_attn;
            private readonly Linear linear1;
            private readonly Dropout dropout;
            private readonly Linear linear2;
            private readonly LayerNorm norm1;
            private readonly LayerNorm norm2;
            private readonly Dropout dropout1;
            private readonly Dropout dropout2;
            private readonly nn.Activations _activation;

            internal TransformerEncoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Activations activation)
                : base(nameof(TransformerEncoderLayer))
            {
                Settings = (d_model, nhead, dim_feedforward, dropout, activation);
                _activation = activation;
                self_attn = nn.MultiheadAttention(d_model, nhead, dropout);
                linear1 = nn.Linear(d_model, dim_feedforward);
                this.dropout = nn.Dropout(dropout);
                linear2 = nn.Linear(dim_feedforward, d_model);
                norm1 = nn.LayerNorm(d_model);
                norm2 = nn.LayerNorm(d_model);
                dropout1 = nn.Dropout(dropout);
                dropout2 = nn.Dropout(dropout);
                RegisterComponents();
            }

            internal (long Model, long Heads, long FeedForward, double Dropout, nn.Activations Activation) Settings { get; }

            public override Tensor forward(Tensor src) => call(src, null!, null!);

            public Tensor call(Tensor src, Tensor src_mask) => call(src, src_mask, null!);

            public Tensor call(Tensor src, Tensor src_mask, Tensor src_key_padding_mask)
            {
                using var scope = NewDisposeScope();
                var attended = self_attn.call(src, src, src, src_key_padding_mask, need_weights: false, src_mask).Item1;
                var middle = norm1.call(src + dropout1.call(attended));
                var hidden = linear1.call(middle);
                hidden = _activation == nn.Activations.GELU ? hidden.gelu() : hidden.relu();
                return norm2.call(middle + dropout2.call(linear2.call(dropout.call(hidden)))).MoveToOuterDisposeScope();
            }
        }

        /// <summary>A stack of encoder layers, made with the settings of the one given.</summary>
        public sealed class TransformerEncoder : nn.Module<Tensor, Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor>
        {
            private readonly ModuleList<TransformerEncoderLayer> layers;

            internal TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers)
                : base(nameof(TransformerEncoder))
            {
                layers = nn.ModuleList(Enumerable.Range(0, (int)num_layers).Select(_ => Copy(encoder_layer)).ToArray());
                RegisterComponents();
            }

            public enum Activations
            {
                ReLU = 0,
                GELU = 1,
            }

            public override Tensor forward(Tensor src, Tensor src_mask, Tensor src_key_padding_mask)
            {
                using var scope = NewDisposeScope();
                var current = src;
                foreach (var layer in layers) current = layer.call(current, src_mask, src_key_padding_mask);
                return current.MoveToOuterDisposeScope();
            }

            public Tensor call(Tensor src, Tensor src_mask) => call(src, src_mask, null!);

            public Tensor call(Tensor src) => call(src, null!, null!);

            /// <summary>As PyTorch: every layer starts from the values of the one given.</summary>
            private static TransformerEncoderLayer Copy(TransformerEncoderLayer layer)
            {
                var (model, heads, feedForward, dropout, activation) = layer.Settings;
                var copy = new TransformerEncoderLayer(model, heads, feedForward, dropout, activation);
                copy.load_state_dict(layer.state_dict());
                return copy;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The activation between the dense layers of a Transformer.</summary>
            public enum Activations
            {
                ReLU = 0,
                GELU = 1,
            }

            public static TransformerEncoderLayer TransformerEncoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1, Activations activation = Activations.ReLU) =>
                new(d_model, nhead, dim_feedforward, dropout, activation);

            public static TransformerEncoder TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers) => new(encoder_layer, num_layers);
        }
    }
}
