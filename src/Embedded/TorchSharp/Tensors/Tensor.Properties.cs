using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Alive(Native.ts_tensor_dim(Handle));

        public long ndim => Dimensions;

        public long NumberOfElements => Alive(Native.ts_tensor_numel(Handle));

        public long ElementSize => dtype.ElementSize();

        /// <summary>The sizes of the dimensions.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* first = sizes) Native.ts_tensor_sizes(Handle, first);
                return Alive(sizes);
            }
        }

        public ScalarType dtype => Alive((ScalarType)Native.ts_tensor_dtype(Handle));

        public Device device => new(device_type, device_index);

        public DeviceType device_type => Alive((DeviceType)Native.ts_tensor_device_type(Handle));

        public int device_index => Alive(Native.ts_tensor_device_index(Handle));

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Alive(Native.ts_tensor_is_sparse(Handle)) != 0;

        public Tensor T => Op.Call("numpy_T", this);

        public Tensor mT => Op.Call("mT", this);

        public Tensor real => Op.Call("real", this);

        public Tensor imag => Op.Call("imag", this);

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long[] size() => shape;

        public long size(int dim) => shape[dim < 0 ? dim + Dimensions : dim];

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides) Native.Check(Native.ts_tensor_strides(Handle, first));
            return Alive(strides);
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + Dimensions : dim];

        public long storage_offset() => Alive(Native.ts_tensor_storage_offset(Handle));

        public bool is_contiguous() => Alive(Native.ts_tensor_is_contiguous(Handle)) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => dtype is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

        public bool is_integral() => dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

        public bool is_complex() => dtype is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

        /// <summary>Keeps this object, and so the handle that was read, alive until <paramref name="value"/> has been made.</summary>
        private T Alive<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
