using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A table of vectors, looked up by integers.</summary>
        public sealed class Embedding : nn.Module<Tensor, Tensor>
        {
            private readonly long? _padding;
            private readonly double? _maxNorm;
            private readonly double _normType;
            private readonly bool _scale;
            private readonly bool _sparse;

            internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
                : base(nameof(Embedding))
            {
                this.weight = weight;
                _padding = padding_idx < 0 ? padding_idx + weight.size(0) : padding_idx;
                (_maxNorm, _normType, _scale, _sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public Parameter weight
            {
                get => Find(nameof(weight))!;
                set => ConditionallyRegisterParameter(nameof(weight), value);
            }

            public override Tensor forward(Tensor input)
            {
                if (_maxNorm is { } limit)
                    using (no_grad()) Op.InPlace("embedding_renorm_", weight, input, limit, _normType);
                return Op.Call("embedding", weight, input, _padding ?? -1, _scale, _sparse);
            }

            /// <summary>PyTorch's initial values: normal, and zero for the padding.</summary>
            internal Embedding Initialized()
            {
                nn.init.normal_(weight);
                if (_padding is { } row)
                    using (no_grad())
                    using (var vector = weight.select(0, row)) vector.zero_();
                return this;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new Embedding(Parameters.New([num_embeddings, embedding_dims], device, dtype), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse).Initialized();

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(new Parameter(embeddings.clone().detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device), !freeze), padding_idx, max_norm, norm_type,
                    scale_grad_by_freq, sparse);
        }
    }
}
