using System.Buffers.Binary;

namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>Reads a safetensors file: the header at once (bounded and validated), each tensor straight into the caller's memory.</summary>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>Largest header that is read, in bytes.</summary>
    public const int MaximumHeaderLength = 64 << 20;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly SafetensorsHeader _header;

    private SafetensorsReader(Stream stream, string name, SafetensorsHeader header) => (_stream, _name, _header) = (stream, name, header);

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _header.Tensors;

    /// <summary>The free text entries of the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">A seekable stream that holds the file and nothing else; the reader owns it.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="CheckpointException">The file is not a sound safetensors file (<see cref="CheckpointError.Damaged"/>).</exception>
    public static SafetensorsReader Open(Stream stream, string name)
    {
        try
        {
            return new SafetensorsReader(stream, name, ReadHeader(stream));
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (exception is FormatException)
                throw Damaged(name, exception.Message, exception);
            throw;
        }
    }

    /// <summary>Reads one tensor whole.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="destination">Receives its bytes; must have exactly its length.</param>
    /// <exception cref="CheckpointException">There is no such tensor, or it has another length.</exception>
    public void Read(string tensor, Span<byte> destination)
    {
        if (!Tensors.TryGetValue(tensor, out var entry))
            throw new CheckpointException(CheckpointError.Incompatible, $"{_name} has no tensor '{tensor}'.");
        if (entry.Length != destination.Length)
            throw new CheckpointException(CheckpointError.Incompatible, $"Tensor '{tensor}' of {_name} has {entry.Length} bytes where {destination.Length} were expected.");
        Read(entry, 0, destination);
    }

    /// <summary>Reads a part of one tensor, for those larger than a span can be.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="start">First byte of the part.</param>
    /// <param name="destination">Receives the bytes.</param>
    public void Read(TensorEntry tensor, long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + destination.Length, tensor.Length, nameof(destination));
        _stream.Position = tensor.Offset + start;
        try
        {
            _stream.ReadExactly(destination);
        }
        catch (EndOfStreamException exception)
        {
            throw Damaged(_name, "the file became shorter while it was read", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static SafetensorsHeader ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
            throw new FormatException("the file is shorter than its 8-byte prefix");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var remaining = stream.Length - prefix.Length;
        if (length > (ulong)remaining || length > MaximumHeaderLength)
            throw new FormatException($"the header claims {length} bytes, more than the file or the limit of {MaximumHeaderLength} allows");
        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, stream.Position, remaining - json.Length);
    }

    private static CheckpointException Damaged(string name, string detail, Exception cause) =>
        new(CheckpointError.Damaged, $"{name} is not a sound safetensors file: {detail}.", cause);
}
