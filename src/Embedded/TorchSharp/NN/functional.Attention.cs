using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>softmax(Q K^T / sqrt(d) + mask) V; Vaswani et al., Attention Is All You Need (2017).</summary>
            /// <param name="query">(..., target length, d).</param>
            /// <param name="key">(..., source length, d).</param>
            /// <param name="value">(..., source length, value size).</param>
            /// <param name="attn_mask">Truth values (true: may attend) or numbers to add, broadcast to (..., target, source).</param>
            /// <param name="p">The probability of dropping a weight.</param>
            /// <param name="is_casual">Whether a position sees only itself and those before it. Upstream's spelling.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null) throw new ArgumentException("Casual attention masking cannot pass a mask.");
                using var scope = NewDisposeScope();
                var scores = query.mul(1 / Math.Sqrt(query.size(-1))).matmul(key.transpose(-2, -1));
                if (is_casual) attn_mask = ones(query.size(-2), key.size(-2), ScalarType.Bool, query.device).tril();
                if (attn_mask is { dtype: ScalarType.Bool }) scores = scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity);
                else if (attn_mask is not null) scores = scores.add(attn_mask);
                var weights = scores.softmax(-1);
                return (p > 0 ? dropout(weights, p) : weights).matmul(value).MoveToOuterDisposeScope();
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Op.Call("one_hot", x, num_classes);

            public static Tensor glu(Tensor input, long dim = -1) => input.glu(dim);

            public static Tensor mish(Tensor x, bool inplace = false) =>
                inplace ? Op.InPlace("mish_", x).alias() : Op.Call("mish", x);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? x.hardtanh_(min_val, max_val).alias() : x.hardtanh(min_val, max_val);

            public static Tensor gelu(Tensor x, bool inplace) => inplace ? Op.InPlace("gelu_", x).alias() : x.gelu();

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                inplace ? Op.InPlace("gelu_", x, approximate.ToString()).alias() : x.gelu(approximate);
        }
    }
}
