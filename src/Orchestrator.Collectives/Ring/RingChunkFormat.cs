using System.Buffers;

namespace Orchestrator.Collectives.Ring;

/// <summary>Reads and writes RingChunk (collectives.proto) in the Protocol Buffers format, without a copy of the data of its own.</summary>
internal static class RingChunkFormat
{
    /// <summary>Longest encoding of everything but the data: four tags, three numbers, one length.</summary>
    public const int MaxHeaderBytes = 4 + 3 * 10 + 5;

    private const int CallField = 1;
    private const int StepField = 2;
    private const int OffsetField = 3;
    private const int DataField = 4;

    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    /// <summary>Writes everything up to the data.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteHeader(Span<byte> target, RingData chunk)
    {
        var written = 0;
        WriteNumber(target, ref written, CallField, (ulong)chunk.Call);
        WriteNumber(target, ref written, StepField, (ulong)chunk.Step);
        WriteNumber(target, ref written, OffsetField, (ulong)chunk.Offset);
        target[written++] = DataField << 3 | Delimited;
        WriteVarint(target, ref written, (ulong)chunk.Length);
        return written;
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">The message is malformed.</exception>
    public static RingHeader Read(ReadOnlySequence<byte> message)
    {
        ulong call = 0, step = 0, offset = 0;
        var data = ReadOnlySequence<byte>.Empty;
        var reader = new SequenceReader<byte>(message);
        while (!reader.End)
        {
            var tag = ReadVarint(ref reader);
            switch (tag)
            {
                case CallField << 3 | Varint:
                    call = ReadVarint(ref reader);
                    break;
                case StepField << 3 | Varint:
                    step = ReadVarint(ref reader);
                    break;
                case OffsetField << 3 | Varint:
                    offset = ReadVarint(ref reader);
                    break;
                case DataField << 3 | Delimited:
                    data = ReadBytes(ref reader, ReadVarint(ref reader));
                    break;
                default:
                    Skip(ref reader, (int)(tag & 7));
                    break;
            }
        }
        return new(call, step, offset, data);
    }

    private static void WriteNumber(Span<byte> target, ref int written, int field, ulong value)
    {
        target[written++] = (byte)(field << 3 | Varint);
        WriteVarint(target, ref written, value);
    }

    private static void WriteVarint(Span<byte> target, ref int written, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            target[written++] = (byte)(value | 0x80);
        target[written++] = (byte)value;
    }

    private static ulong ReadVarint(ref SequenceReader<byte> reader)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!reader.TryRead(out var part))
                throw new InvalidDataException("A ring chunk ends within a number.");
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException("A ring chunk has a number of more than 64 bits.");
    }

    private static ReadOnlySequence<byte> ReadBytes(ref SequenceReader<byte> reader, ulong length)
    {
        if (length > (ulong)reader.Remaining)
            throw new InvalidDataException($"A ring chunk ends within a field of {length} bytes.");
        var bytes = reader.UnreadSequence.Slice(0, (long)length);
        reader.Advance((long)length);
        return bytes;
    }

    // A newer peer may send fields that this one does not know.
    private static void Skip(ref SequenceReader<byte> reader, int wireType)
    {
        switch (wireType)
        {
            case Varint:
                ReadVarint(ref reader);
                break;
            case Fixed64:
                ReadBytes(ref reader, sizeof(ulong));
                break;
            case Delimited:
                ReadBytes(ref reader, ReadVarint(ref reader));
                break;
            case Fixed32:
                ReadBytes(ref reader, sizeof(uint));
                break;
            default:
                throw new InvalidDataException($"A ring chunk has a field of unknown wire type {wireType}.");
        }
    }
}
