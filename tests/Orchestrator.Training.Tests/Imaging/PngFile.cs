using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Tests.Imaging;

/// <summary>Makes PNG files of any kind.</summary>
internal static class PngFile
{
    internal static byte[] Make(int width, int height, int depth, int kind, byte[] raw, byte[]? palette = null, byte[]? transparency = null, byte interlace = 0)
    {
        using var file = new MemoryStream([137, 80, 78, 71, 13, 10, 26, 10], 0, 8);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)kind, interlace);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(raw);
        return
        [
            .. file.ToArray(),
            .. Chunk("IHDR", header),
            .. palette is null ? [] : Chunk("PLTE", palette),
            .. transparency is null or [] ? [] : Chunk("tRNS", transparency),
            .. Chunk("IDAT", compressed.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var (length, checksum) = (new byte[4], new byte[4]);
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, PngWriter.Checksum(named));
        return [.. length, .. named, .. checksum];
    }
}
