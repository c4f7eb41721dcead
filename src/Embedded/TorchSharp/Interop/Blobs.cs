using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Tensors over managed memory.</summary>
internal static unsafe class Blobs
{
    /// <summary>
    /// A tensor over a managed array, without a copy: the array stays pinned until libtorch drops the storage.
    /// </summary>
    internal static Tensor Over(Array array, ReadOnlySpan<long> shape, ScalarType type, long byteOffset = 0)
    {
        var needed = TotalOf(shape) * ScalarTypes.SizeOf(type) + byteOffset;
        if (needed > ByteLength(array)) throw new ArgumentException($"the array has {ByteLength(array)} bytes where the shape needs {needed}", nameof(array));
        var pin = new PinnedGCHandle<Array>(array);
        fixed (long* sizes = shape)
        {
            var data = (byte*)Unsafe(array) + byteOffset;
            var handle = Native.ts_tensor_from_blob(data, sizes, shape.Length, (int)type, &Release, PinnedGCHandle<Array>.ToIntPtr(pin));
            if (handle == 0) pin.Dispose();
            return new Tensor(Native.Check(handle));
        }
    }

    /// <summary>A tensor with its own copy of the elements.</summary>
    internal static Tensor Copy<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> shape) where T : unmanaged
    {
        if (TotalOf(shape) != elements.Length)
            throw new ArgumentException($"{elements.Length} elements do not fill the shape [{string.Join(", ", shape.ToArray())}]", nameof(elements));
        var tensor = Op.Call("empty.memory_format", shape.ToArray(), ScalarTypes.Of(typeof(T)));
        if (elements.Length > 0) MemoryMarshal.AsBytes(elements).CopyTo(new Span<byte>((void*)tensor.DataPointer, checked(elements.Length * sizeof(T))));
        GC.KeepAlive(tensor);
        return tensor;
    }

    private static long TotalOf(ReadOnlySpan<long> shape)
    {
        long total = 1;
        foreach (var size in shape) total = checked(total * size);
        return total;
    }

    internal static long ByteLength(Array array) => array.LongLength * ScalarTypes.SizeOf(ScalarTypes.Of(array.GetType().GetElementType()!));

    private static void* Unsafe(Array array) => System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));

    [UnmanagedCallersOnly]
    private static void Release(nint context) => PinnedGCHandle<Array>.FromIntPtr(context).Dispose();
}
