using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>A table of how likely each value of a short list is around each other one.</summary>
internal sealed class ListKernel : AxisKernel
{
    private readonly double[] _coordinates;
    private readonly bool _isOrdered;
    private readonly double[] _probabilities;
    private readonly double[] _logRatios;

    /// <param name="space">The space.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="shape">How likely a value is around another one.</param>
    public ListKernel(ModelSpace space, int axis, IListShape shape)
    {
        _coordinates = space.Coordinates(axis);
        _isOrdered = space.Axes[axis].IsOrdered;
        var count = _coordinates.Length;
        var prior = space.Probabilities(axis);
        _probabilities = new double[count * count];
        _logRatios = new double[count * count];
        for (var centre = 0; centre < count; centre++)
        {
            var row = _probabilities.AsSpan(centre * count, count);
            shape.Fill(row, centre, _coordinates, prior);
            for (var value = 0; value < count; value++) _logRatios[centre * count + value] = Math.Log(row[value] / prior[value]);
        }
    }

    public override double Place(double coordinate)
    {
        if (!_isOrdered || double.IsNaN(coordinate)) return coordinate;
        var found = Array.BinarySearch(_coordinates, coordinate);
        if (found >= 0) return found;
        var above = Math.Min(~found, _coordinates.Length - 1);
        return above > 0 && coordinate - _coordinates[above - 1] < _coordinates[above] - coordinate ? above - 1 : above;
    }

    public override void Prepare(ReadOnlySpan<double> centres)
    {
    }

    public override double Sample(double centre, ref SplitMix64 random)
    {
        var row = _probabilities.AsSpan((int)centre * _coordinates.Length, _coordinates.Length);
        var rest = random.NextDouble();
        var value = 0;
        while (value < row.Length - 1 && (rest -= row[value]) >= 0) value++;
        return _coordinates[value];
    }

    public override void AddLogDensities(double place, ReadOnlySpan<double> centres, Span<double> logs)
    {
        var (value, count) = ((int)place, _coordinates.Length);
        for (var i = 0; i < centres.Length; i++)
            if (!double.IsNaN(centres[i])) logs[i] += _logRatios[(int)centres[i] * count + value];
    }
}
