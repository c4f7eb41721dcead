using System.Runtime.InteropServices;
using Orchestrator.Training.Imaging;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Lays images out in grids, and writes them as PNG files: whole or not at all.</summary>
internal static class PictureWriter
{
    private const int ReadableWidth = 84;

    /// <summary>Writes images one after the other, row by row.</summary>
    /// <param name="output">The file.</param>
    /// <param name="size">Of an image.</param>
    /// <param name="columns">Images of a row.</param>
    /// <param name="images">Images x their pixels.</param>
    /// <param name="readable">Pixels of a width that need no enlarging.</param>
    internal static string WriteInRows(string output, (int Height, int Width) size, int columns, Tensor images, int readable = ReadableWidth)
    {
        var grid = Grid(size, columns, Quotient((int)images.shape[0], columns), readable);
        for (var i = 0; i < images.shape[0]; i++)
            Set(grid, i, images, i);
        return Write(output, grid);
    }

    /// <summary>Writes rows of images; below each row, the same places of other images.</summary>
    /// <param name="output">The file.</param>
    /// <param name="size">Of an image.</param>
    /// <param name="columns">Images of a row.</param>
    /// <param name="layers">What is to be compared: as many images each.</param>
    internal static string WriteBelowEachOther(string output, (int Height, int Width) size, int columns, IReadOnlyList<Tensor> layers)
    {
        var count = (int)layers[0].shape[0];
        var grid = Grid(size, columns, Quotient(count, columns) * layers.Count);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            for (var i = 0; i < count; i++)
                Set(grid, (((i / columns * layers.Count) + layer) * columns) + (i % columns), layers[layer], i);
        }

        return Write(output, grid);
    }

    internal static string Write(string output, ImageGrid grid) => Write(output, grid.WritePng);

    internal static string Write(string output, Action<Stream> write)
    {
        var unfinished = output + ".new";
        using (var file = File.Create(unfinished)) write(file);
        File.Move(unfinished, output, overwrite: true);
        return output;
    }

    private static ImageGrid Grid((int Height, int Width) size, int columns, int rows, int readable = ReadableWidth) =>
        new(size.Width, size.Height, columns, rows, Math.Max(1, readable / size.Width));

    private static void Set(ImageGrid grid, int cell, Tensor images, int row)
    {
        using var image = images.select(0, row).cpu().contiguous();
        grid.Set(cell, MemoryMarshal.Cast<byte, float>(image.bytes));
    }

    private static int Quotient(int count, int columns) => (count + columns - 1) / columns;
}
