using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Orchestrator.Training.Tests.Imaging;

/// <summary>Reads what a grayscale PNG says, with the checks that a viewer makes.</summary>
internal static class PngReader
{
    internal static (int Width, int Height, byte[] Pixels) Read(byte[] file)
    {
        Assert.Equal(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }, file[..8]);
        var chunks = Chunks(file[8..]).ToList();
        Assert.Equal("IHDR IDAT IEND", string.Join(' ', chunks.Select(chunk => chunk.Type)));
        var header = chunks[0].Data;
        Assert.Equal(new byte[] { 8, 0, 0, 0, 0 }, header[8..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var rows = raw.ToArray().Chunk(width + 1).ToList();
        Assert.Equal(height, rows.Count);
        Assert.All(rows, row => Assert.Equal(0, row[0]));
        return (width, height, [.. rows.SelectMany(row => row[1..])]);
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] bytes)
    {
        while (bytes.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            Assert.Equal(Crc(bytes.AsSpan(4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8 + length)));
            yield return (Encoding.ASCII.GetString(bytes, 4, 4), bytes[8..(8 + length)]);
            bytes = bytes[(12 + length)..];
        }
    }

    /// <summary>Bit by bit, as the standard defines it.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
