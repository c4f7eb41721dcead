using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>y = x W^T + b; weight is (out_features, in_features).</summary>
        public sealed class Linear : nn.Module<Tensor, Tensor>
        {
            internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
                : this(Parameters.New([outputSize, inputSize], device, dtype), hasBias ? Parameters.New([outputSize], device, dtype) : null)
            {
                nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
                if (bias is not null) Parameters.BiasUniform(bias, inputSize);
            }

            internal Linear(Parameter weight, Parameter? bias)
                : base(nameof(Linear))
            {
                this.weight = weight;
                this.bias = bias;
                out_features = weight.shape[0];
                in_features = weight.shape[1];
            }

            public long in_features { get; }

            public long out_features { get; }

            public Parameter weight
            {
                get => Find(nameof(weight))!;
                set => ConditionallyRegisterParameter(nameof(weight), value);
            }

            public Parameter? bias
            {
                get => Find(nameof(bias));
                set => ConditionallyRegisterParameter(nameof(bias), value);
            }

            public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
