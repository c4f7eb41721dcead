using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>
/// A mixture with one kernel for each observed point and one, the prior, that is the declared distribution. A kernel is a product over the axes
/// (<see cref="AxisKernel"/>); an axis that its point does not have follows the prior. Densities are relative to the prior's, so that points
/// with different active axes compare.
/// </summary>
internal sealed class ParzenEstimator
{
    // What is less likely than the likeliest kernel by more than this does not show in the sum.
    private const double Negligible = 36;

    private readonly ModelSpace _space;
    private readonly IReadOnlyList<double[]> _points;
    private readonly AxisKernel[] _kernels;
    private readonly double[] _logWeights;
    private readonly double[] _cumulative;
    private readonly double[] _places;
    private readonly double[] _logs;

    /// <param name="space">The space.</param>
    /// <param name="points">The kernels' places.</param>
    /// <param name="weights">One for each point.</param>
    /// <param name="priorWeight">The weight of the prior, in those units.</param>
    /// <param name="width">The standard deviation on an ordered axis.</param>
    /// <param name="change">The probability that a kernel gives any choice at all on an unordered axis.</param>
    public ParzenEstimator(ModelSpace space, IReadOnlyList<double[]> points, IReadOnlyList<double> weights, double priorWeight, double width, double change)
    {
        _space = space;
        _points = points;
        var axes = space.Axes.Length;
        _kernels = new AxisKernel[axes];
        for (var axis = 0; axis < axes; axis++) _kernels[axis] = AxisKernel.Of(space, axis, width, change);
        _places = new double[points.Count * axes];
        for (var i = 0; i < points.Count; i++)
            for (var axis = 0; axis < axes; axis++) _places[axis * points.Count + i] = _kernels[axis].Place(points[i][axis]);
        _cumulative = new double[points.Count + 1];
        _logWeights = new double[points.Count + 1];
        _logs = new double[points.Count + 1];
        var total = priorWeight;
        for (var i = 0; i < points.Count; i++) total += weights[i];
        var sum = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            _cumulative[i] = sum += weights[i] / total;
            _logWeights[i] = Math.Log(weights[i] / total);
        }
        _cumulative[^1] = 1;
        _logWeights[^1] = Math.Log(priorWeight / total);
        for (var axis = 0; axis < axes; axis++) _kernels[axis].Prepare(Places(axis));
    }

    /// <summary>A draw from the mixture.</summary>
    public double[] Sample(ref SplitMix64 random)
    {
        var place = Array.BinarySearch(_cumulative, random.NextDouble());
        var kernel = place >= 0 ? place + 1 : ~place;
        if (kernel >= _points.Count) return _space.Sample(ref random);
        var point = new double[_kernels.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var centre = Places(axis)[kernel];
            point[axis] = double.IsNaN(centre) ? _space.FromUnit(axis, random.NextDouble()) : _kernels[axis].Sample(centre, ref random);
        }
        _space.Complete(point, ref random);
        return point;
    }

    /// <summary>The logarithm of the density, relative to that of the prior.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        _logWeights.CopyTo(_logs, 0);
        var logs = _logs.AsSpan(0, _points.Count);
        for (var axis = 0; axis < point.Length; axis++)
            if (!double.IsNaN(point[axis])) _kernels[axis].AddLogDensities(_kernels[axis].Place(point[axis]), Places(axis), logs);
        var largest = _logs[^1];
        foreach (var log in logs) largest = Math.Max(largest, log);
        var sum = 0.0;
        foreach (var log in _logs)
            if (log > largest - Negligible) sum += Math.Exp(log - largest);
        return largest + Math.Log(sum);
    }

    // One axis after another lies in a row: the sums run over the points.
    private ReadOnlySpan<double> Places(int axis) => _places.AsSpan(axis * _points.Count, _points.Count);
}
