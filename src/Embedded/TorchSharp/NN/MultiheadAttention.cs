using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Vaswani et al., Attention Is All You Need (2017). Sequences first: (length, batch, embedding).</summary>
        public sealed class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor>>
        {
            private readonly long _heads;
            private readonly long _size;
            private readonly double _dropout;
            private readonly bool _packed;

            internal MultiheadAttention(long embedded_dim, long num_heads, double dropout, bool bias, long kdim, long vdim)
                : base(nameof(MultiheadAttention))
            {
                if (num_heads < 1 || embedded_dim % num_heads != 0) throw new ArgumentException($"num_heads ({num_heads}) must divide embedded_dim ({embedded_dim})");
                (_heads, _size, _dropout, _packed) = (num_heads, embedded_dim, dropout, kdim == embedded_dim && vdim == embedded_dim);
                if (_packed) Projection("in_proj_weight", 3 * embedded_dim, embedded_dim);
                else
                {
                    Projection("q_proj_weight", embedded_dim, embedded_dim);
                    Projection("k_proj_weight", embedded_dim, kdim);
                    Projection("v_proj_weight", embedded_dim, vdim);
                }

                if (bias) ConditionallyRegisterParameter("in_proj_bias", new Parameter(zeros(3 * embedded_dim)));
                var output = nn.Linear(embedded_dim, embedded_dim, bias);
                if (bias) nn.init.zeros_(output.bias!);
                register_module("out_proj", output);
            }

            /// <param name="query">(target length, batch, embedding).</param>
            /// <param name="key">(source length, batch, key size).</param>
            /// <param name="value">(source length, batch, value size).</param>
            /// <param name="key_padding_mask">(batch, source length); true where a key must not be seen.</param>
            /// <param name="need_weights">Whether to give the weights, averaged over the heads, too.</param>
            /// <param name="attn_mask">(target, source) or (batch * heads, target, source): true where not to look, or numbers to add.</param>
            public override Tuple<Tensor, Tensor> forward(
                Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
            {
                using var scope = NewDisposeScope();
                var (target, batch) = (query.size(0), query.size(1));
                var q = Heads(query, 0) / Math.Sqrt(_size / _heads);
                var scores = q.matmul(Heads(key, 1).transpose(-2, -1));
                scores = Masked(scores, attn_mask is { Dimensions: 3 } ? attn_mask.view(batch, _heads, target, -1) : attn_mask);
                scores = Masked(scores, key_padding_mask?.view(batch, 1, 1, -1).@bool());
                var weights = scores.softmax(-1);
                var seen = training && _dropout > 0 ? nn.functional.dropout(weights, _dropout) : weights;
                var joined = seen.matmul(Heads(value, 2)).permute(2, 0, 1, 3).reshape(target, batch, _size);
                var output = ((Linear)_internal_submodules["out_proj"]).call(joined).MoveToOuterDisposeScope();
                return Tuple.Create(output, need_weights ? weights.mean([1]).MoveToOuterDisposeScope() : null!);
            }

            public new Tuple<Tensor, Tensor> call(
                Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null) =>
                base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

            private static Tensor Masked(Tensor scores, Tensor? mask) => mask switch
            {
                null => scores,
                { dtype: ScalarType.Bool or ScalarType.Byte } => scores.masked_fill(mask.@bool(), double.NegativeInfinity),
                _ => scores.add(mask),
            };

            /// <summary>Projects (length, batch, size) to (batch, heads, length, size of a head).</summary>
            private Tensor Heads(Tensor input, int which)
            {
                var weight = _packed ? Find("in_proj_weight")!.narrow(0, which * _size, _size) : Find("qkv"[which] + "_proj_weight")!;
                var bias = Find("in_proj_bias")?.narrow(0, which * _size, _size);
                return nn.functional.linear(input, weight, bias).view(input.size(0), input.size(1), _heads, -1).permute(1, 2, 0, 3);
            }

            private void Projection(string name, long rows, long columns)
            {
                var weight = Parameters.New([rows, columns], null, null);
                nn.init.xavier_uniform_(weight);
                ConditionallyRegisterParameter(name, weight);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static MultiheadAttention MultiheadAttention(
                long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false,
                long? kdim = null, long? vdim = null)
            {
                if (add_bias_kv || add_zero_attn) throw new NotSupportedException("add_bias_kv and add_zero_attn are not supported");
                return new(embedded_dim, num_heads, dropout, bias, kdim ?? embedded_dim, vdim ?? embedded_dim);
            }
        }
    }
}
