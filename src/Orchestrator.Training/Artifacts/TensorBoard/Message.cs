using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Training.Artifacts.TensorBoard;

/// <summary>A message of Protocol Buffers, written field by field.</summary>
internal sealed class Message
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _content = new();

    internal ReadOnlySpan<byte> Content => _content.WrittenSpan;

    internal Message Add(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Add(field, Fixed64, bytes);
    }

    internal Message Add(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Add(field, Fixed32, bytes);
    }

    internal Message Add(int field, long value)
    {
        WriteVarint(Tag(field, Varint));
        WriteVarint((ulong)value);
        return this;
    }

    internal Message Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    internal Message Add(int field, Message value) => Add(field, value.Content);

    internal Message Add(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(Tag(field, Bytes));
        WriteVarint((ulong)value.Length);
        _content.Write(value);
        return this;
    }

    private static ulong Tag(int field, int kind) => (ulong)((field << 3) | kind);

    private Message Add(int field, int kind, ReadOnlySpan<byte> bytes)
    {
        WriteVarint(Tag(field, kind));
        _content.Write(bytes);
        return this;
    }

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _content.Write([(byte)(value | 0x80)]);
        _content.Write([(byte)value]);
    }
}
