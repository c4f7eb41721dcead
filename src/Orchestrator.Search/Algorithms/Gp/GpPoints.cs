using System.Numerics;
using System.Runtime.InteropServices;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>The points of a Gaussian process, one axis after another, so that distances from one point to all are computed many at once.</summary>
internal sealed class GpPoints
{
    private readonly Axis[] _axes;
    private readonly double[][] _columns;

    /// <param name="axes">The axes.</param>
    /// <param name="points">The points; a coordinate that a point does not have is not a number.</param>
    public GpPoints(Axis[] axes, IReadOnlyList<double[]> points)
    {
        _axes = axes;
        Count = points.Count;
        _columns = new double[axes.Length][];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var column = _columns[axis] = new double[Padded(Count)];
            for (var i = 0; i < Count; i++) column[i] = points[i][axis];
        }
    }

    /// <summary>How many points.</summary>
    public int Count { get; }

    /// <summary>The coordinates of all points on an axis, padded.</summary>
    public ReadOnlySpan<double> this[int axis] => _columns[axis];

    /// <summary>The length of a buffer for so many values: whole vectors.</summary>
    public static int Padded(int count) => (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>The weighted squared distances from a point to the first points.</summary>
    /// <param name="point">The point.</param>
    /// <param name="weights">One for each axis.</param>
    /// <param name="squared">As many as are wanted, padded.</param>
    public void Squared(ReadOnlySpan<double> point, ReadOnlySpan<double> weights, Span<double> squared)
    {
        squared.Clear();
        var sums = MemoryMarshal.Cast<double, Vector<double>>(squared);
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            var column = MemoryMarshal.Cast<double, Vector<double>>(_columns[axis]);
            var (here, weight) = (new Vector<double>(point[axis]), new Vector<double>(weights[axis]));
            for (var i = 0; i < sums.Length; i++) sums[i] += weight * Part(_axes[axis].IsOrdered, here, column[i]);
        }
    }

    /// <summary>The squared distances on one axis, times a factor for each point, summed up.</summary>
    public double Sum(int axis, double coordinate, ReadOnlySpan<double> factors)
    {
        var column = MemoryMarshal.Cast<double, Vector<double>>(_columns[axis]);
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(factors);
        var (here, sum) = (new Vector<double>(coordinate), Vector<double>.Zero);
        for (var i = 0; i < vectors.Length; i++) sum += vectors[i] * Part(_axes[axis].IsOrdered, here, column[i]);
        return Vector.Sum(sum);
    }

    /// <summary>On an unordered axis two choices are at distance 0 or 1. An axis that one point has and the other has not sets them apart like another choice.</summary>
    private static Vector<double> Part(bool isOrdered, Vector<double> left, Vector<double> right)
    {
        var difference = left - right;
        var known = Vector.Equals(difference, difference);
        var apart = isOrdered ? difference * difference : Vector.ConditionalSelect(Vector.Equals(left, right), Vector<double>.Zero, Vector<double>.One);
        var bothAbsent = Vector.AndNot(Vector<long>.AllBitsSet, Vector.BitwiseOr(Vector.Equals(left, left), Vector.Equals(right, right)));
        return Vector.ConditionalSelect(known, apart, Vector.ConditionalSelect(bothAbsent, Vector<double>.Zero, Vector<double>.One));
    }
}
