using System.Buffers.Binary;
using System.Numerics;

namespace Orchestrator.Training.Artifacts.TensorBoard;

/// <summary>A file of records as TensorFlow writes them: length and content, each with its masked CRC-32C.</summary>
internal static class RecordFile
{
    private const uint Mask = 0xa282ead8;

    /// <summary>Appends a record.</summary>
    internal static void Append(Stream file, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedChecksum(header[..sizeof(ulong)]));
        file.Write(header);
        file.Write(content);
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedChecksum(content));
        file.Write(footer);
    }

    /// <summary>CRC-32C (Castagnoli), turned and shifted, so that it is no checksum of a content with checksums in it.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> content)
    {
        var checksum = uint.MaxValue;
        foreach (var value in content)
            checksum = BitOperations.Crc32C(checksum, value);
        return BitOperations.RotateRight(~checksum, 15) + Mask;
    }
}
