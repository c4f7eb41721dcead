using System.Runtime.InteropServices;
using TorchSharp;

namespace Orchestrator.Training.Data.Series;

/// <summary>Pieces of a table of numbers over time; a row's label is the same piece one time on.</summary>
internal sealed class SeriesWindows : IDataset
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly int _columns;
    private readonly int _stride;

    /// <summary>Views a table as rows.</summary>
    /// <param name="values">The table, time by time.</param>
    /// <param name="columns">Numbers of a time.</param>
    /// <param name="length">Times of a row.</param>
    /// <param name="stride">Times from the start of a row to that of the next.</param>
    internal SeriesWindows(ReadOnlyMemory<float> values, int columns, int length, int stride)
    {
        (_values, _columns, _stride) = (values, columns, stride);
        Count = (((values.Length / columns) - length - 1) / stride) + 1;
        Inputs = Labels = new RowLayout(torch.ScalarType.Float32, [length, columns]);
    }

    public int Count { get; }

    public RowLayout Inputs { get; }

    public RowLayout Labels { get; }

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var length = Inputs.Elements;
        var from = MemoryMarshal.Cast<byte, float>(inputs);
        var to = MemoryMarshal.Cast<byte, float>(labels);
        for (var i = 0; i < rows.Length; i++)
        {
            var window = _values.Span.Slice(rows[i] * _stride * _columns, length + _columns);
            window[..length].CopyTo(from[(i * length)..]);
            window[_columns..].CopyTo(to[(i * length)..]);
        }
    }
}
