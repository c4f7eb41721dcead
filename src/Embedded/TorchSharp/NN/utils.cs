using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var off = no_grad();
                var gradients = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0) return 0;
                var norms = stack(gradients.Select(gradient => Norm(gradient, norm_type)));
                var total = Norm(norms, norm_type).ToDouble();
                var factor = Math.Min(1.0, max_norm / (total + 1e-6));
                if (factor < 1.0)
                    foreach (var gradient in gradients) gradient.mul_(factor);
                return total;
            }

            /// <summary>Limits every gradient to ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var off = no_grad();
                foreach (var tensor in tensors) tensor.grad?.clamp_(-clip_value, clip_value);
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(tensor => tensor.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var off = no_grad();
                long offset = 0;
                foreach (var tensor in tensors)
                {
                    tensor.copy_(vec.narrow(0, offset, tensor.numel()).view(tensor.shape));
                    offset += tensor.numel();
                }
            }

            private static Tensor Norm(Tensor tensor, double type) =>
                double.IsPositiveInfinity(type) ? tensor.abs().max() : Op.Call("norm.Scalar", tensor, type);
        }
    }
}
