namespace Orchestrator.Training.Imaging;

/// <summary>Lays images out in rows and columns, one pixel apart; small images can be enlarged, each of their pixels a square.</summary>
public sealed class ImageGrid
{
    private const int Gap = 1;

    private readonly int _cellWidth;
    private readonly int _cellHeight;
    private readonly int _columns;
    private readonly int _scale;
    private readonly byte[] _pixels;

    /// <summary>An empty (black) grid.</summary>
    /// <param name="cellWidth">Width of an image.</param>
    /// <param name="cellHeight">Height of an image.</param>
    /// <param name="columns">Images of a row.</param>
    /// <param name="rows">Rows of images.</param>
    /// <param name="scale">The side, in pixels, of the square that each pixel of an image becomes; 1 or more.</param>
    public ImageGrid(int cellWidth, int cellHeight, int columns, int rows, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        (_cellWidth, _cellHeight, _columns, _scale) = (cellWidth, cellHeight, columns, scale);
        Width = (columns * ((cellWidth * scale) + Gap)) + Gap;
        Height = (rows * ((cellHeight * scale) + Gap)) + Gap;
        _pixels = new byte[Width * Height];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Places an image.</summary>
    /// <param name="cell">Its place, row by row, from 0.</param>
    /// <param name="image">Its pixels, row by row, from 0 (black) to 1 (white); other values are clamped.</param>
    public void Set(int cell, ReadOnlySpan<float> image)
    {
        var left = (cell % _columns * ((_cellWidth * _scale) + Gap)) + Gap;
        var top = (cell / _columns * ((_cellHeight * _scale) + Gap)) + Gap;
        for (var i = 0; i < image.Length; i++)
        {
            var brightness = float.IsNaN(image[i]) ? 0 : Math.Clamp(image[i], 0, 1);
            Fill(left + (i % _cellWidth * _scale), top + (i / _cellWidth * _scale), (byte)MathF.Round(brightness * byte.MaxValue));
        }
    }

    /// <summary>Writes the grid as a PNG file.</summary>
    public void WritePng(Stream output) => PngWriter.Write(output, _pixels, Width, Height);

    private void Fill(int left, int top, byte brightness)
    {
        for (var row = top; row < top + _scale; row++) _pixels.AsSpan((row * Width) + left, _scale).Fill(brightness);
    }
}
