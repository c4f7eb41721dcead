using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Algorithms.Sobol;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Models;

/// <summary>
/// A space as models see it: one coordinate for each parameter that is not constant. An ordered coordinate is the share of random draws below
/// the value, so that a logarithmic parameter is spread evenly; an unordered one is an index; that of a parameter that is not active is not a number.
/// </summary>
internal sealed class ModelSpace
{
    // A model that finds the end of a normal good must not run out to its eighth standard deviation.
    private const double Tail = 1e-3;
    private const long LargestListedSpace = 100_000;
    private const int DrawsForAnAllowedPoint = 100;

    private readonly SearchSpace _space;
    private readonly int[] _dimensions;
    private readonly int[] _axisOf;

    public ModelSpace(SearchSpace space)
    {
        _space = space;
        // A constant that may be absent is an axis of one value: whether it is there follows from the others.
        _dimensions = [.. Enumerable.Range(0, space.Dimensions.Count).Where(i => space.Dimensions[i].Count != 1)];
        _axisOf = [.. Enumerable.Range(0, space.Dimensions.Count).Select(i => Array.IndexOf(_dimensions, i))];
        Axes = [.. _dimensions.Select(i => space.Dimensions[i]).Select(d => new Axis(d.IsOrdered, d.Count is < int.MaxValue ? (int)d.Count : null))];
        Size = Count(space);
    }

    /// <summary>The coordinates.</summary>
    public Axis[] Axes { get; }

    /// <summary>How many points there are; null: not finite, or too many to count.</summary>
    public long? Size { get; }

    /// <summary>Whether an axis may be absent.</summary>
    public bool HasConditions => _space.HasConditions;

    /// <summary>A random point, with the declared distributions, that keeps the constraints where a few draws find one.</summary>
    public double[] Sample(ref SplitMix64 random)
    {
        var point = new double[Axes.Length];
        for (var draw = 0; draw < DrawsForAnAllowedPoint; draw++)
        {
            for (var axis = 0; axis < point.Length; axis++) point[axis] = FromUnit(axis, random.NextDouble());
            Complete(point, ref random);
            if (!_space.HasConstraints || _space.IsAllowed(Decode(point))) break;
        }
        return point;
    }

    /// <summary>A point of a scrambled Sobol sequence with the declared distributions: the first few already show every value of a short list.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="seed">Scrambles the sequence.</param>
    /// <param name="random">Draws what the sequence does not have: axes beyond its dimensions, and a point that a constraint rules out.</param>
    public double[] Spread(int index, long seed, ref SplitMix64 random)
    {
        var point = new double[Axes.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var unit = axis < SobolSequence.Dimensions ? SobolSequence.At((uint)index, axis, (uint)SplitMix64.DeriveSeed(seed, -1 - axis)) : random.NextDouble();
            point[axis] = FromUnit(axis, unit);
        }
        Complete(point, ref random);
        return _space.HasConstraints && !_space.IsAllowed(Decode(point)) ? Sample(ref random) : point;
    }

    /// <summary>Makes a point whole after some of its coordinates changed: those not active become not a number, those that became active are drawn.</summary>
    public void Complete(double[] point, ref SplitMix64 random)
    {
        if (!HasConditions) return;
        var values = new ParameterValue?[_space.Dimensions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var axis = _axisOf[i];
            if (!_space.IsActive(i, values))
            {
                if (axis >= 0) point[axis] = double.NaN;
                continue;
            }
            if (axis >= 0 && double.IsNaN(point[axis])) point[axis] = FromUnit(axis, random.NextDouble());
            values[i] = Value(i, point);
        }
    }

    /// <summary>The nearest coordinate that a value has.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="unit">In [0, 1].</param>
    public double FromUnit(int axis, double unit)
    {
        var dimension = Dimension(axis);
        if (!dimension.IsBounded) unit = Math.Clamp(unit, Tail, 1 - Tail);
        if (Axes[axis].Count is null) return unit;
        return Encode(dimension, dimension.FromUnit(unit));
    }

    /// <summary>The coordinates of the values of a finite axis; ascending where it is ordered.</summary>
    public double[] Coordinates(int axis)
    {
        var dimension = Dimension(axis);
        var coordinates = new double[Axes[axis].Count!.Value];
        for (var i = 0; i < coordinates.Length; i++) coordinates[i] = Encode(dimension, dimension.At(i));
        return coordinates;
    }

    /// <summary>How likely a random draw is to give each value of a finite axis; none is quite 0.</summary>
    public double[] Probabilities(int axis)
    {
        const double Least = 1e-9;
        var dimension = Dimension(axis);
        var probabilities = new double[Axes[axis].Count!.Value];
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] = Math.Max(Least, dimension.ShareOf(i));
        return probabilities;
    }

    /// <summary>The point of a set of parameters.</summary>
    public double[] Encode(ParameterSet parameters)
    {
        var point = new double[Axes.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var dimension = Dimension(axis);
            // What another sweep or a user gave may lie beyond this space: to the model it is then unknown.
            point[axis] = parameters.TryGet(dimension.Name, out var value) && (dimension is not ListDimension list || list.IndexOf(value) >= 0) ? Encode(dimension, value) : double.NaN;
        }
        return point;
    }

    /// <summary>The parameters of a point, the constant and the derived ones included.</summary>
    public ParameterSet Decode(ReadOnlySpan<double> point)
    {
        var values = new ParameterValue?[_space.Dimensions.Count];
        for (var i = 0; i < values.Length; i++) values[i] = _space.IsActive(i, values) ? Value(i, point) : null;
        return _space.Build(values);
    }

    /// <summary>Whether a point keeps the constraints over parameters.</summary>
    public bool IsAllowed(ParameterSet parameters) => _space.IsAllowed(parameters);

    /// <summary>A random point that keeps the constraints; null where there seems to be none.</summary>
    public ParameterSet? SampleAllowed(ref SplitMix64 random) => _space.Sample(ref random);

    /// <summary>The points of a finite space, in a fixed order.</summary>
    public PointList List() => new(_space);

    private ParameterValue Value(int dimension, ReadOnlySpan<double> point)
    {
        var axis = _axisOf[dimension];
        if (axis < 0) return _space.Dimensions[dimension].FromUnit(0.5);
        var place = double.IsNaN(point[axis]) ? 0 : point[axis];
        return Axes[axis].IsOrdered ? _space.Dimensions[dimension].FromUnit(place) : _space.Dimensions[dimension].At((long)place);
    }

    /// <summary>With conditions or constraints the points have to be counted one by one, which is worth it for a small space only.</summary>
    private static long? Count(SearchSpace space)
    {
        var size = 1.0;
        foreach (var dimension in space.Dimensions) size *= dimension.Count ?? double.PositiveInfinity;
        if (!space.HasConditions && !space.HasConstraints) return size < long.MaxValue ? (long)size : null;
        if (size > LargestListedSpace) return null;
        var points = new PointList(space);
        var count = 0L;
        while (points.Next() is not null) count++;
        return count;
    }

    private Dimension Dimension(int axis) => _space.Dimensions[_dimensions[axis]];

    private static double Encode(Dimension dimension, ParameterValue value) =>
        dimension.IsOrdered ? dimension.ToUnit(value) : ((ListDimension)dimension).IndexOf(value);
}
