namespace Orchestrator.Training.Imaging;

/// <summary>The shades of grey of a PNG file's pixels.</summary>
/// <param name="format">How they are stored.</param>
/// <param name="palette">Red, green and blue of each entry, where the pixels are entries of a palette.</param>
/// <param name="transparency">The opacity of the palette's first entries.</param>
internal sealed class PngShades(PngFormat format, byte[] palette, byte[] transparency)
{
    /// <summary>The shade of a pixel of a row.</summary>
    /// <exception cref="InvalidDataException">The palette has no such entry.</exception>
    internal byte Of(ReadOnlySpan<byte> row, int x)
    {
        var first = x * format.Samples;
        return format.Kind switch
        {
            PngKind.Grey => Level(row, first),
            PngKind.GreyAndAlpha => On(Level(row, first), Level(row, first + 1)),
            PngKind.Colour => Luma(Level(row, first), Level(row, first + 1), Level(row, first + 2)),
            PngKind.ColourAndAlpha => On(Luma(Level(row, first), Level(row, first + 1), Level(row, first + 2)), Level(row, first + 3)),
            _ => OfPalette(Bits(row, first)),
        };
    }

    private static byte Luma(int red, int green, int blue) => (byte)(((299 * red) + (587 * green) + (114 * blue) + 500) / 1000);

    /// <summary>On black.</summary>
    private static byte On(int shade, int opacity) => (byte)(((shade * opacity) + 127) / byte.MaxValue);

    private byte OfPalette(int entry)
    {
        if ((3 * entry) + 2 >= palette.Length)
            throw new InvalidDataException("a pixel is outside of its palette");
        var shade = Luma(palette[3 * entry], palette[(3 * entry) + 1], palette[(3 * entry) + 2]);
        return entry < transparency.Length ? On(shade, transparency[entry]) : shade;
    }

    /// <summary>A sample as 8 bits; of 16, the higher ones.</summary>
    private byte Level(ReadOnlySpan<byte> row, int sample) => format.Depth switch
    {
        8 => row[sample],
        16 => row[2 * sample],
        var depth => (byte)(Bits(row, sample) * byte.MaxValue / ((1 << depth) - 1)),
    };

    /// <summary>A sample of up to 8 bits.</summary>
    private int Bits(ReadOnlySpan<byte> row, int sample)
    {
        var start = sample * format.Depth;
        return (row[start / 8] >> (8 - format.Depth - (start % 8))) & ((1 << format.Depth) - 1);
    }
}
