using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Models;

/// <summary>
/// A space as models see it: one coordinate for each parameter that is not constant. An ordered coordinate is the share of random draws below
/// the value, so that a logarithmic parameter is spread evenly; an unordered one is an index.
/// </summary>
internal sealed class ModelSpace
{
    // A model that finds the end of a normal good must not run out to its eighth standard deviation.
    private const double Tail = 1e-3;

    private readonly SearchSpace _space;
    private readonly int[] _dimensions;

    public ModelSpace(SearchSpace space)
    {
        _space = space;
        _dimensions = [.. Enumerable.Range(0, space.Dimensions.Count).Where(i => space.Dimensions[i].Count != 1)];
        Axes = [.. _dimensions.Select(i => space.Dimensions[i]).Select(d => new Axis(d.IsOrdered, d.Count is < int.MaxValue ? (int)d.Count : null))];
        var size = 1.0;
        foreach (var axis in Axes) size *= axis.Count ?? double.PositiveInfinity;
        Size = size < long.MaxValue ? (long)size : null;
    }

    /// <summary>The coordinates.</summary>
    public Axis[] Axes { get; }

    /// <summary>How many points there are; null: not finite, or too many to count.</summary>
    public long? Size { get; }

    /// <summary>A random point, with the declared distributions.</summary>
    public double[] Sample(ref SplitMix64 random)
    {
        var point = new double[Axes.Length];
        for (var axis = 0; axis < point.Length; axis++) point[axis] = FromUnit(axis, random.NextDouble());
        return point;
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

    /// <summary>The coordinate of the value at an index of a finite axis.</summary>
    public double At(int axis, int index)
    {
        var dimension = Dimension(axis);
        return Encode(dimension, dimension.At(index));
    }

    /// <summary>The point of a set of parameters.</summary>
    public double[] Encode(ParameterSet parameters)
    {
        var point = new double[Axes.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var dimension = Dimension(axis);
            point[axis] = Encode(dimension, parameters[dimension.Name]);
        }
        return point;
    }

    /// <summary>The parameters of a point, the constant ones included.</summary>
    public ParameterSet Decode(ReadOnlySpan<double> point)
    {
        var entries = new KeyValuePair<string, ParameterValue>[_space.Dimensions.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var dimension = _space.Dimensions[i];
            entries[i] = new(dimension.Name, dimension.FromUnit(0.5));
        }
        for (var axis = 0; axis < point.Length; axis++)
        {
            var dimension = Dimension(axis);
            entries[_dimensions[axis]] = new(dimension.Name, dimension.IsOrdered ? dimension.FromUnit(point[axis]) : dimension.At((long)point[axis]));
        }
        return new ParameterSet(entries);
    }

    private Dimension Dimension(int axis) => _space.Dimensions[_dimensions[axis]];

    private static double Encode(Dimension dimension, ParameterValue value) =>
        dimension.IsOrdered ? dimension.ToUnit(value) : ((CategoricalDimension)dimension).IndexOf(value);
}
