using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Training.Imaging;

/// <summary>Writes 8-bit grayscale PNG files (ISO/IEC 15948).</summary>
public static class PngWriter
{
    private const byte NoFilter = 0;

    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Writes one image.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="pixels">Row by row; 0 is black.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Number of rows.</param>
    public static void Write(Stream output, ReadOnlySpan<byte> pixels, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height, nameof(pixels));
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(output, "IHDR"u8, Header(width, height));
        WriteChunk(output, "IDAT"u8, Compress(pixels, width));
        WriteChunk(output, "IEND"u8, []);
    }

    /// <summary>The checksum of a chunk's type and data.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> typeAndData) => ~Crc(uint.MaxValue, typeAndData);

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits of a sample; the colour type (0: grayscale), compression, filter and interlace that follow are 0
        return header;
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int width)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (; !pixels.IsEmpty; pixels = pixels[width..])
            {
                zlib.WriteByte(NoFilter);
                zlib.Write(pixels[..width]);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : Polynomial ^ (value >> 1);
            table[i] = value;
        }

        return table;
    }
}
