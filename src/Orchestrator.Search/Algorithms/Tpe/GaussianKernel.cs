using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>A Gaussian cut off at the ends of [0, 1].</summary>
internal sealed class GaussianKernel(ModelSpace space, int axis, double width) : AxisKernel
{
    // So many deviations from an end, nothing is cut off.
    private const double Whole = 5;

    private readonly double _width = Math.Max(width, space.Axes[axis].Count is { } count ? 0.5 / count : 0);
    private double[] _logNormalisers = [];

    public override double Place(double coordinate) => coordinate;

    public override void Prepare(ReadOnlySpan<double> centres)
    {
        _logNormalisers = new double[centres.Length];
        var whole = -Math.Log(_width * Math.Sqrt(2 * Math.PI));
        for (var i = 0; i < centres.Length; i++)
        {
            var (low, high) = (centres[i] / _width, (1 - centres[i]) / _width);
            if (low > Whole && high > Whole) _logNormalisers[i] = whole;
            else _logNormalisers[i] = whole - Math.Log((high > Whole ? 1 : StandardNormal.Cumulative(high)) - (low > Whole ? 0 : StandardNormal.Cumulative(-low)));
        }
    }

    public override double Sample(double centre, ref SplitMix64 random)
    {
        var low = StandardNormal.Cumulative(-centre / _width);
        var high = StandardNormal.Cumulative((1 - centre) / _width);
        return space.FromUnit(axis, Math.Clamp(centre + _width * StandardNormal.Quantile(low + random.NextDouble() * (high - low)), 0, 1));
    }

    public override void AddLogDensities(double place, ReadOnlySpan<double> centres, Span<double> logs)
    {
        var inverse = 1 / _width;
        for (var i = 0; i < centres.Length; i++)
        {
            var distance = (place - centres[i]) * inverse;
            if (!double.IsNaN(distance)) logs[i] += _logNormalisers[i] - 0.5 * distance * distance;
        }
    }
}
