using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>
/// A mixture with one kernel for each observed point and one, the prior, that is flat. A kernel is a product over the axes: a Gaussian cut off at
/// the ends of [0, 1] where an axis is ordered, a mix of "the same" and "any" where it is not.
/// </summary>
internal sealed class ParzenEstimator
{
    private readonly ModelSpace _space;
    private readonly IReadOnlyList<double[]> _points;
    private readonly double[] _widths;
    private readonly double[] _logConstants;
    private readonly double[] _logOther;
    private readonly double[] _logSameOverOther;
    private readonly double[] _same;
    private readonly double[] _cumulative;
    private readonly double _logPrior;

    /// <param name="space">The space.</param>
    /// <param name="points">The kernels' places.</param>
    /// <param name="weights">One for each point.</param>
    /// <param name="priorWeight">The weight of the flat kernel, in those units.</param>
    /// <param name="width">The standard deviation on an ordered axis.</param>
    /// <param name="change">The probability that a kernel gives any choice at all on an unordered axis.</param>
    public ParzenEstimator(ModelSpace space, IReadOnlyList<double[]> points, IReadOnlyList<double> weights, double priorWeight, double width, double change)
    {
        _space = space;
        _points = points;
        var axes = space.Axes;
        _widths = new double[axes.Length];
        _logOther = new double[axes.Length];
        _logSameOverOther = new double[axes.Length];
        _same = new double[axes.Length];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (axes[axis].IsOrdered)
            {
                // Narrower than half a step, a kernel would never leave its value.
                _widths[axis] = Math.Max(width, axes[axis].Count is { } count ? 0.5 / count : 0);
                continue;
            }
            var choices = axes[axis].Count!.Value;
            _same[axis] = 1 - change;
            var other = change / choices;
            _logOther[axis] = Math.Log(other * choices);
            _logSameOverOther[axis] = Math.Log((_same[axis] + other) / other);
        }
        _cumulative = new double[points.Count + 1];
        _logConstants = new double[points.Count];
        var total = priorWeight + weights.Sum();
        var sum = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            _cumulative[i] = sum += weights[i] / total;
            _logConstants[i] = Math.Log(weights[i] / total) + LogNormaliser(points[i]);
        }
        _cumulative[^1] = 1;
        _logPrior = Math.Log(priorWeight / total);
    }

    /// <summary>A draw from the mixture.</summary>
    public double[] Sample(ref SplitMix64 random)
    {
        var place = Array.BinarySearch(_cumulative, random.NextDouble());
        var kernel = place >= 0 ? place + 1 : ~place;
        if (kernel >= _points.Count) return _space.Sample(ref random);
        var centre = _points[kernel];
        var point = new double[centre.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            point[axis] = _space.Axes[axis].IsOrdered
                ? _space.FromUnit(axis, SampleTruncated(centre[axis], _widths[axis], random.NextDouble()))
                : random.NextDouble() < _same[axis] ? centre[axis] : (double)random.NextBelow((ulong)_space.Axes[axis].Count!.Value);
        }
        return point;
    }

    /// <summary>The logarithm of the density, relative to that of the flat prior.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        Span<double> logs = _points.Count < 512 ? stackalloc double[_points.Count + 1] : new double[_points.Count + 1];
        var largest = logs[^1] = _logPrior;
        for (var i = 0; i < _points.Count; i++)
        {
            var centre = _points[i];
            var log = _logConstants[i];
            for (var axis = 0; axis < centre.Length; axis++)
            {
                if (_widths[axis] > 0)
                {
                    var distance = (point[axis] - centre[axis]) / _widths[axis];
                    log -= 0.5 * distance * distance;
                }
                else if (point[axis] == centre[axis])
                {
                    log += _logSameOverOther[axis];
                }
            }
            logs[i] = log;
            if (log > largest) largest = log;
        }
        var sum = 0.0;
        foreach (var log in logs)
            if (log > largest - 40) sum += Math.Exp(log - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The logarithm of what a kernel's product is divided by, so that each has mass 1.</summary>
    private double LogNormaliser(double[] centre)
    {
        var product = 1.0;
        var logarithm = 0.0;
        for (var axis = 0; axis < centre.Length; axis++)
        {
            if (_widths[axis] > 0)
                product *= (StandardNormal.Cumulative((1 - centre[axis]) / _widths[axis]) - StandardNormal.Cumulative(-centre[axis] / _widths[axis])) * _widths[axis] * Math.Sqrt(2 * Math.PI);
            else
                logarithm += _logOther[axis];
        }
        return logarithm - Math.Log(product);
    }

    private static double SampleTruncated(double centre, double width, double unit)
    {
        var low = StandardNormal.Cumulative(-centre / width);
        var high = StandardNormal.Cumulative((1 - centre) / width);
        return Math.Clamp(centre + width * StandardNormal.Quantile(low + unit * (high - low)), 0, 1);
    }
}
