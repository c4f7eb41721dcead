using System.Buffers.Binary;

namespace Orchestrator.Training.Imaging;

/// <summary>How the pixels of a PNG file are stored.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Depth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Kind">What the samples of a pixel are.</param>
internal sealed record PngFormat(int Width, int Height, int Depth, PngKind Kind)
{
    private const int HeaderLength = 13;

    /// <summary>Samples of a pixel.</summary>
    internal int Samples => Kind switch { PngKind.Colour => 3, PngKind.GreyAndAlpha => 2, PngKind.ColourAndAlpha => 4, _ => 1 };

    /// <summary>Bytes from a pixel to the one before, at least 1.</summary>
    internal int PixelBytes => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of a row without its filter.</summary>
    internal int RowBytes => (int)((((long)Width * Samples * Depth) + 7) / 8);

    /// <exception cref="InvalidDataException">The header is not possible, or of an interlaced file.</exception>
    internal static PngFormat Read(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderLength)
            throw new InvalidDataException("its header is damaged");
        var format = new PngFormat(BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), header[8], (PngKind)header[9]);
        if (format.Width <= 0 || format.Height <= 0 || format.Width > 1 << 20 || !format.IsKnown)
            throw new InvalidDataException("its header is damaged");
        if (header[12] != 0)
            throw new InvalidDataException("it is interlaced; save it without");
        return format;
    }

    private bool IsKnown => Kind switch
    {
        PngKind.Grey => Depth is 1 or 2 or 4 or 8 or 16,
        PngKind.Palette => Depth is 1 or 2 or 4 or 8,
        PngKind.Colour or PngKind.GreyAndAlpha or PngKind.ColourAndAlpha => Depth is 8 or 16,
        _ => false,
    };
}
