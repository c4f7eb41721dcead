
namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Moved(dtype, device, non_blocking);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Moved(null, new Device(deviceType, deviceIndex), non_blocking);

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Moved(dtype, null, non_blocking);

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            /// <summary>
            /// Gives the parameters and floating point buffers another type or place. They stay the same objects: optimizers
            /// and fields that hold them keep working.
            /// </summary>
            private Module Moved(ScalarType? dtype, Device? device, bool nonBlocking)
            {
                if (dtype is { } type && type is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}", nameof(dtype));
                foreach (var (_, parameter) in _internal_params) parameter.Become(dtype, device, nonBlocking);
                foreach (var (_, (buffer, _)) in _internal_buffers)
                    buffer.Become(buffer.is_floating_point() ? dtype : null, device, nonBlocking);
                foreach (var (_, child) in _internal_submodules) child.Moved(dtype, device, nonBlocking);
                return this;
            }
        }
    }
}
