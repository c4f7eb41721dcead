using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Orchestrator.Training.Data;

/// <summary>Grayscale images with class labels, in memory as bytes; a row's input is 1 x height x width floats from 0 to 1.</summary>
internal sealed class ImageDataset : IDataset
{
    private const float Scale = 1f / byte.MaxValue;

    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly int[] _rows;

    /// <summary>Views some rows of images.</summary>
    /// <param name="pixels">All images, one after the other.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="height">Height of an image.</param>
    /// <param name="width">Width of an image.</param>
    /// <param name="rows">The images that this set has.</param>
    internal ImageDataset(byte[] pixels, byte[] labels, int height, int width, int[] rows)
    {
        (_pixels, _labels, _rows) = (pixels, labels, rows);
        Inputs = new RowLayout(torch.ScalarType.Float32, [1, height, width]);
    }

    public int Count => _rows.Length;

    public RowLayout Inputs { get; }

    public RowLayout Labels { get; } = new(torch.ScalarType.Int64, []);

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var pixels = MemoryMarshal.Cast<byte, float>(inputs);
        var classes = MemoryMarshal.Cast<byte, long>(labels);
        var length = Inputs.Elements;
        for (var i = 0; i < rows.Length; i++)
        {
            var image = _rows[rows[i]];
            ToUnit(_pixels.AsSpan(image * length, length), pixels.Slice(i * length, length));
            classes[i] = _labels[image];
        }
    }

    /// <summary>Bytes to floats from 0 to 1.</summary>
    private static void ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        var i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Store(first, destination[i..]);
            Store(second, destination[(i + Vector<uint>.Count)..]);
            Store(third, destination[(i + (2 * Vector<uint>.Count))..]);
            Store(fourth, destination[(i + (3 * Vector<uint>.Count))..]);
        }

        for (; i < source.Length; i++)
            destination[i] = source[i] * Scale;
    }

    private static void Store(Vector<uint> bytes, Span<float> destination) =>
        (Vector.ConvertToSingle(Vector.AsVectorInt32(bytes)) * Scale).CopyTo(destination);
}
