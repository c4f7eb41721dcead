using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Ba et al., Layer Normalization (2016).</summary>
        public sealed class LayerNorm : nn.Module<Tensor, Tensor>
        {
            internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
                if (!elementwise_affine) return;
                weight = Parameters.New(normalized_shape, device, dtype);
                if (bias) this.bias = Parameters.New(normalized_shape, device, dtype);
                reset_parameters();
            }

            public long[] normalized_shape { get; }

            public double eps { get; set; }

            public bool elementwise_affine { get; }

            public Parameter? weight
            {
                get => Find(nameof(weight));
                set => ConditionallyRegisterParameter(nameof(weight), value);
            }

            public Parameter? bias
            {
                get => Find(nameof(bias));
                set => ConditionallyRegisterParameter(nameof(bias), value);
            }

            public void reset_parameters()
            {
                if (weight is not null) nn.init.ones_(weight);
                if (bias is not null) nn.init.zeros_(bias);
            }

            public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
        }

        /// <summary>Wu and He, Group Normalization (2018).</summary>
        public sealed class GroupNorm : nn.Module<Tensor, Tensor>
        {
            private readonly long _channels;

            internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                (this.num_groups, _channels, this.eps, this.affine) = (num_groups, num_channels, eps, affine);
                if (!affine) return;
                weight = Parameters.New([num_channels], device, dtype);
                bias = Parameters.New([num_channels], device, dtype);
                nn.init.ones_(weight);
                nn.init.zeros_(bias);
            }

            public long num_groups { get; }

            public double eps { get; set; }

            public bool affine { get; }

            public Parameter? weight
            {
                get => Find(nameof(weight));
                set => ConditionallyRegisterParameter(nameof(weight), value);
            }

            public Parameter? bias
            {
                get => Find(nameof(bias));
                set => ConditionallyRegisterParameter(nameof(bias), value);
            }

            public override Tensor forward(Tensor tensor)
            {
                if (tensor.Dimensions < 2 || tensor.size(1) != _channels)
                    throw new ArgumentException($"GroupNorm expects {_channels} channels, not [{string.Join(", ", tensor.shape)}]");
                return nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
