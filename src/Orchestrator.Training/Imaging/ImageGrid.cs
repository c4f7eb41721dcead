namespace Orchestrator.Training.Imaging;

/// <summary>Lays images out in rows and columns, one pixel apart.</summary>
public sealed class ImageGrid
{
    private const int Gap = 1;

    private readonly int _cellWidth;
    private readonly int _cellHeight;
    private readonly int _columns;
    private readonly byte[] _pixels;

    /// <summary>An empty (black) grid.</summary>
    /// <param name="cellWidth">Width of an image.</param>
    /// <param name="cellHeight">Height of an image.</param>
    /// <param name="columns">Images of a row.</param>
    /// <param name="rows">Rows of images.</param>
    public ImageGrid(int cellWidth, int cellHeight, int columns, int rows)
    {
        (_cellWidth, _cellHeight, _columns) = (cellWidth, cellHeight, columns);
        Width = (columns * (cellWidth + Gap)) + Gap;
        Height = (rows * (cellHeight + Gap)) + Gap;
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
        var left = (cell % _columns * (_cellWidth + Gap)) + Gap;
        var top = (cell / _columns * (_cellHeight + Gap)) + Gap;
        for (var i = 0; i < image.Length; i++)
        {
            var brightness = float.IsNaN(image[i]) ? 0 : Math.Clamp(image[i], 0, 1);
            _pixels[((top + (i / _cellWidth)) * Width) + left + (i % _cellWidth)] = (byte)MathF.Round(brightness * byte.MaxValue);
        }
    }

    /// <summary>Writes the grid as a PNG file.</summary>
    public void WritePng(Stream output) => PngWriter.Write(output, _pixels, Width, Height);
}
