using System.Runtime.InteropServices;
using TorchSharp;

namespace Orchestrator.Training.Data;

/// <summary>Points of the plane, or of any space, with the number of the group that each is from.</summary>
public sealed class PointDataset : IDataset
{
    private readonly float[] _points;
    private readonly long[] _groups;

    /// <summary>Takes points.</summary>
    /// <param name="points">The coordinates, point by point.</param>
    /// <param name="groups">The group of each point, from 0.</param>
    public PointDataset(float[] points, long[] groups)
    {
        ArgumentOutOfRangeException.ThrowIfZero(groups.Length, nameof(groups));
        ArgumentOutOfRangeException.ThrowIfNotEqual(points.Length % groups.Length, 0, nameof(points));
        (_points, _groups) = (points, groups);
        Inputs = new RowLayout(torch.ScalarType.Float32, [points.Length / groups.Length]);
    }

    /// <inheritdoc/>
    public int Count => _groups.Length;

    /// <inheritdoc/>
    public RowLayout Inputs { get; }

    /// <inheritdoc/>
    public RowLayout Labels { get; } = new(torch.ScalarType.Int64, []);

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var coordinates = MemoryMarshal.Cast<byte, float>(inputs);
        var groups = MemoryMarshal.Cast<byte, long>(labels);
        var length = Inputs.Elements;
        for (var i = 0; i < rows.Length; i++)
        {
            _points.AsSpan(rows[i] * length, length).CopyTo(coordinates[(i * length)..]);
            groups[i] = _groups[rows[i]];
        }
    }
}
