using System.Buffers;

namespace Grpc.Protocol;

/// <summary>Collects bytes in one array of the shared pool. Not thread-safe.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>
{
    private const int InitialCapacity = 256;

    private byte[] _buffer = [];

    public int WrittenCount { get; private set; }

    public int Capacity => _buffer.Length;

    public Memory<byte> WrittenMemory => _buffer.AsMemory(0, WrittenCount);

    public void EnsureCapacity(int free)
    {
        if (_buffer.Length - WrittenCount >= free) return;
        var needed = (long)WrittenCount + free;
        if (needed > Array.MaxLength) throw new GrpcProtocolException(StatusCode.ResourceExhausted, $"A message of {needed} bytes does not fit in one buffer.");
        var doubled = Math.Min(2L * _buffer.Length, Array.MaxLength);
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Max(Math.Max(needed, doubled), InitialCapacity));
        WrittenMemory.CopyTo(grown);
        Return();
        _buffer = grown;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - WrittenCount), nameof(count));
        WrittenCount += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureCapacity(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(WrittenCount);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear() => WrittenCount = 0;

    /// <summary>Takes back what was written after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)WrittenCount, nameof(length));
        WrittenCount = length;
    }

    /// <summary>Gives the array back; the writer is empty and can be used again.</summary>
    public void Release()
    {
        WrittenCount = 0;
        Return();
    }

    private void Return()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
