using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous tensor on the CPU. Valid while the tensor is alive.</summary>
        /// <exception cref="NotSupportedException">The tensor is not contiguous.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireCpu();
                if (!is_contiguous()) throw new NotSupportedException("the bytes of a tensor that is not contiguous; call contiguous() first");
                var length = NumberOfElements * ElementSize;
                return length == 0 ? [] : new Span<byte>((void*)DataPointer, checked((int)length));
            }
            set
            {
                var own = bytes;
                if (value.Length != own.Length)
                    throw new ArgumentException($"the tensor has {own.Length} bytes, not {value.Length}", nameof(value));
                value.CopyTo(own);
            }
        }

        /// <summary>The address of the first element; upstream exposes it through <see cref="bytes"/> and <see cref="data{T}"/>.</summary>
        internal nint DataPointer => Alive(Native.Check(Native.ts_tensor_data(Handle)));

        /// <summary>The elements as <typeparamref name="T"/>, which must be the type that <see cref="dtype"/> names.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ScalarTypes.Require<T>(dtype);
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("the number of elements must be 1");
            ScalarTypes.Require<T>(dtype);
            if (device_type == DeviceType.CPU) return Alive(ReadFirst<T>());
            using var host = cpu();
            return host.ReadFirst<T>();
        }

        public Scalar ToScalar() => Scalar.Of(Op.CallValue("item", this), dtype);

        /// <summary>Fills the tensor from a stream, in chunks of at most <paramref name="bufferSize"/> bytes.</summary>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
            RequireDense();
            for (long done = 0, length = NumberOfElements * ElementSize; done < length;)
            {
                var chunk = (int)Math.Min(length - done, Math.Max(bufferSize, 1 << 16));
                stream.ReadExactly(Window(done, chunk));
                done += chunk;
            }
        }

        /// <summary>Writes the tensor's elements to a stream, in chunks.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
            using var source = is_contiguous() && is_cpu() ? alias() : cpu().contiguous();
            for (long done = 0, length = NumberOfElements * ElementSize; done < length;)
            {
                var chunk = (int)Math.Min(length - done, Math.Max(bufferSize, 1 << 16));
                stream.Write(source.Window(done, chunk));
                done += chunk;
            }
        }

        private unsafe T ReadFirst<T>() where T : unmanaged => Unsafe.ReadUnaligned<T>((void*)DataPointer);

        private unsafe Span<byte> Window(long start, int length) => new((byte*)DataPointer + start, length);

        private void RequireCpu()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException($"the data of a tensor on {device} cannot be read; call cpu() first");
        }

        private void RequireDense()
        {
            RequireCpu();
            if (!is_contiguous()) throw new NotSupportedException("the tensor is not contiguous; call contiguous() first");
        }
    }
}
