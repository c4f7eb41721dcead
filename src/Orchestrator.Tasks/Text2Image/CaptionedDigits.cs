using System.Runtime.InteropServices;
using Orchestrator.Domain.Randomness;
using Orchestrator.Training.Data;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>
/// Images of one digit, or of two beside each other, each at half its width; the label is the caption's <see cref="CaptionTokens"/>.
/// A third of the rows has one digit, a third the same digit twice, a third any two. A row is always the same.
/// </summary>
internal sealed class CaptionedDigits : IDataset
{
    private const int Seed = 2014;
    private const int BlockRows = 1000;

    private readonly int[] _classes;
    private readonly int[][] _rowsOfClass;
    private readonly int _height;
    private readonly int _width;

    /// <summary>Captions digits.</summary>
    /// <param name="digits">Images of 1 x height x width (even), and the digit of each.</param>
    internal CaptionedDigits(IDataset digits)
    {
        Digits = digits;
        (_height, _width) = ((int)digits.Inputs.Shape[1], (int)digits.Inputs.Shape[2]);
        _classes = ReadClasses(digits);
        _rowsOfClass = [.. Enumerable.Range(0, 10).Select(digit => Enumerable.Range(0, digits.Count).Where(row => _classes[row] == digit).ToArray())];
    }

    public int Count => Digits.Count;

    public RowLayout Inputs => Digits.Inputs;

    public RowLayout Labels { get; } = new(ScalarType.Int64, [CaptionTokens.Length]);

    /// <summary>The digits that the images are made of.</summary>
    internal IDataset Digits { get; }

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var pixels = MemoryMarshal.Cast<byte, float>(inputs);
        var tokens = MemoryMarshal.Cast<byte, long>(labels);
        var other = new float[Inputs.Elements];
        for (var i = 0; i < rows.Length; i++)
        {
            var image = pixels.Slice(i * Inputs.Elements, Inputs.Elements);
            Copy(rows[i], image);
            var (partner, caption) = Describe(rows[i]);
            if (partner is { } second)
            {
                Copy(second, other);
                PutBeside(image, other);
            }

            CaptionTokens.Of(caption).CopyTo(tokens[(i * CaptionTokens.Length)..]);
        }
    }

    /// <summary>The row that is shown on the right, if one is, and what the caption says.</summary>
    internal (int? Partner, string Caption) Describe(int row)
    {
        var random = SplitMix64.ForStream(Seed, row);
        var partner = (random.NextBelow(3), _rowsOfClass[_classes[row]]) switch
        {
            (0, var same) => same[(int)random.NextBelow((ulong)same.Length)],
            (1, _) => (int)random.NextBelow((ulong)Count),
            _ => (int?)null,
        };
        return (partner, Captions.Any(_classes[row], partner is { } second ? _classes[second] : null, ref random));
    }

    /// <summary>Halves the width of both images, and puts the second one to the right of the first.</summary>
    private void PutBeside(Span<float> image, ReadOnlySpan<float> right)
    {
        var half = _width / 2;
        for (var y = 0; y < _height; y++)
        {
            var row = image.Slice(y * _width, _width);
            var other = right.Slice(y * _width, _width);
            for (var x = 0; x < half; x++)
                row[x] = (row[2 * x] + row[(2 * x) + 1]) / 2;
            for (var x = 0; x < half; x++)
                row[half + x] = (other[2 * x] + other[(2 * x) + 1]) / 2;
        }
    }

    private void Copy(int row, Span<float> image)
    {
        Span<long> label = stackalloc long[1];
        Digits.CopyRows([row], MemoryMarshal.AsBytes(image), MemoryMarshal.AsBytes(label));
    }

    private static int[] ReadClasses(IDataset digits)
    {
        var classes = new int[digits.Count];
        var (images, labels) = (new byte[BlockRows * digits.Inputs.Bytes], new long[BlockRows]);
        for (var start = 0; start < classes.Length; start += BlockRows)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(BlockRows, classes.Length - start))];
            digits.CopyRows(rows, images.AsSpan(0, rows.Length * digits.Inputs.Bytes), MemoryMarshal.AsBytes(labels.AsSpan(0, rows.Length)));
            for (var i = 0; i < rows.Length; i++)
                classes[start + i] = (int)labels[i];
        }

        return classes;
    }
}
