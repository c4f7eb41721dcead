using System.Collections;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor on the CPU, in row-major order whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException($"the data of a tensor on {tensor.device} cannot be read; call cpu() first");
        _tensor = tensor.alias().DetachFromDisposeScope();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => At(Offset(indices));
        set => At(Offset(indices)) = value;
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Equals(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !left.Equals(right);

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>A rectangular array of the tensor's shape; a single element for no dimensions is an array of length 1.</summary>
    public Array ToNDArray()
    {
        var result = Array.CreateInstance(typeof(T), _shape.Length == 0 ? [1] : _shape);
        var source = ToArray().AsSpan();
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(source).CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result), source.Length * Unsafe.SizeOf<T>()));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = checked((int)Math.Min(target.Length, Count - tensorIndex));
        if (_contiguous) new Span<T>((T*)_tensor.DataPointer + tensorIndex, count).CopyTo(target);
        else
            for (var i = 0; i < count; i++) target[i] = At(OffsetOf(tensorIndex + i));
        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = checked((int)Math.Min(source.Length, Count - tensorIndex));
        if (_contiguous) source[..count].CopyTo(new Span<T>((T*)_tensor.DataPointer + tensorIndex, count));
        else
            for (var i = 0; i < count; i++) At(OffsetOf(tensorIndex + i)) = source[i];
        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(OffsetOf(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public void Dispose() => _tensor.Dispose();

    private unsafe ref T At(long offset) => ref ((T*)_tensor.DataPointer)[offset];

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && _shape.Length != 1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[0], (ulong)Count);
            return OffsetOf(indices[0]);
        }

        if (indices.Length != _shape.Length) throw new ArgumentException($"{indices.Length} indices for {_shape.Length} dimensions", nameof(indices));
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[i], (ulong)_shape[i]);
            offset += indices[i] * _strides[i];
        }

        return offset;
    }

    private long OffsetOf(long index)
    {
        if (_contiguous) return index;
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            offset += index % _shape[i] * _strides[i];
            index /= _shape[i];
        }

        return offset;
    }
}
