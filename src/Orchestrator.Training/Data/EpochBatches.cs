using System.Runtime.InteropServices;

namespace Orchestrator.Training.Data;

/// <summary>The rows of each global batch of an epoch. Memory is reused from epoch to epoch.</summary>
internal sealed class EpochBatches
{
    private readonly List<int> _rows = [];
    private readonly List<int> _ends = [];

    internal int Count => _ends.Count;

    /// <summary>The rows of a batch.</summary>
    internal ReadOnlySpan<int> this[int batch] => CollectionsMarshal.AsSpan(_rows)[(batch == 0 ? 0 : _ends[batch - 1]).._ends[batch]];

    internal void Clear()
    {
        _rows.Clear();
        _ends.Clear();
    }

    /// <summary>Adds a row to the batch that is being filled.</summary>
    internal void Add(int row) => _rows.Add(row);

    /// <summary>Ends the batch that is being filled; the next begins.</summary>
    internal void End() => _ends.Add(_rows.Count);

    /// <summary>Replaces everything by rows in batches of one size, the last of which may have fewer.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="size">Rows of a batch.</param>
    /// <returns>The rows, to be written.</returns>
    internal Span<int> Split(int count, int size)
    {
        Clear();
        CollectionsMarshal.SetCount(_rows, count);
        for (var end = size; end - size < count; end += size)
            _ends.Add(Math.Min(end, count));
        return CollectionsMarshal.AsSpan(_rows);
    }
}
