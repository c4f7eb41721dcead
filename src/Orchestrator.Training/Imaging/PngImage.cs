using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Training.Imaging;

/// <summary>
/// A PNG file (ISO/IEC 15948) as shades of grey: colours by their luma (ITU-R BT.601), what is transparent on black. Files of every
/// colour type and depth are read, but for interlaced ones.
/// </summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Pixels">Row by row; 0 is black.</param>
internal sealed record PngImage(int Height, int Width, byte[] Pixels)
{
    private const int MostPixels = 1 << 26;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are no such file, or a damaged one.</exception>
    internal static PngImage Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new InvalidDataException("it does not begin like a PNG file");
        file = file[Signature.Length..];
        PngFormat? format = null;
        byte[] palette = [], transparency = [];
        using var compressed = new MemoryStream();
        for (var isLast = false; !isLast;)
        {
            var data = NextChunk(ref file, out var type);
            switch (type)
            {
                case "IHDR": format = PngFormat.Read(data); break;
                case "PLTE": palette = data.ToArray(); break;
                case "tRNS": transparency = data.ToArray(); break;
                case "IDAT": compressed.Write(data); break;
                case "IEND": isLast = true; break;
            }
        }

        if (format is null || (long)format.Width * format.Height > MostPixels)
            throw new InvalidDataException(format is null ? "it has no header" : $"its {format.Width} x {format.Height} pixels are too many");
        compressed.Position = 0;
        return new PngImage(format.Height, format.Width, Decode(format, compressed, palette, transparency));
    }

    private static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> file, out string type)
    {
        const int around = 3 * sizeof(uint); // length, type and checksum
        if (file.Length < around || BinaryPrimitives.ReadUInt32BigEndian(file) is var length && length > file.Length - around)
            throw new InvalidDataException("it is truncated");
        var named = file.Slice(sizeof(uint), sizeof(uint) + (int)length);
        if (PngWriter.Checksum(named) != BinaryPrimitives.ReadUInt32BigEndian(file[(sizeof(uint) + named.Length)..]))
            throw new InvalidDataException("a checksum is wrong");
        type = System.Text.Encoding.ASCII.GetString(named[..sizeof(uint)]);
        file = file[(around + (int)length)..];
        return named[sizeof(uint)..];
    }

    private static byte[] Decode(PngFormat format, Stream compressed, byte[] palette, byte[] transparency)
    {
        var pixels = new byte[format.Width * format.Height];
        var (row, above) = (new byte[format.RowBytes], new byte[format.RowBytes]);
        var shades = new PngShades(format, palette, transparency);
        using var raw = new ZLibStream(compressed, CompressionMode.Decompress);
        for (var y = 0; y < format.Height; y++)
        {
            var filter = raw.ReadByte();
            if (raw.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                throw new InvalidDataException("its pixels are truncated");
            PngFilter.Undo(filter, row, above, format.PixelBytes);
            for (var x = 0; x < format.Width; x++)
                pixels[(y * format.Width) + x] = shades.Of(row, x);
            (row, above) = (above, row);
        }

        return pixels;
    }
}
