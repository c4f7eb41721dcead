using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Ulyanov et al., Instance Normalization (2016).</summary>
        public abstract class InstanceNorm : NormBase
        {
            protected InstanceNorm(
                long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
                : base(num_features, eps, momentum ?? 0.1, affine, track_running_stats, device, dtype, name)
            {
            }

            public override Tensor forward(Tensor input)
            {
                ValidateInputDimensions(input);
                var unbatched = input.Dimensions == GetNumberOfBatchDimensions();
                using var batched = unbatched ? input.unsqueeze(0) : input.alias();
                if (batched.size(1) != num_features)
                    throw new ArgumentException($"expected input's size at dim={(unbatched ? 0 : 1)} to match num_features ({num_features}), but got: {batched.size(1)}.");
                var result = nn.functional.instance_norm(batched, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
                return unbatched ? result.squeeze_(0) : result;
            }

            /// <summary>Upstream's name; the dimensions of an input without a batch.</summary>
            protected abstract long GetNumberOfBatchDimensions();
        }

        public sealed class InstanceNorm1d : InstanceNorm
        {
            internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
            {
            }

            protected override long GetNumberOfBatchDimensions() => 2;

            protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 2, 3);
        }

        public sealed class InstanceNorm2d : InstanceNorm
        {
            internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
            {
            }

            protected override long GetNumberOfBatchDimensions() => 3;

            protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 3, 4);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static InstanceNorm1d InstanceNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
