using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>By how much a point is expected to undercut the best one, over what the running trials may give.</summary>
internal sealed class ExpectedImprovement
{
    private readonly Fantasies _fantasies;
    private readonly double[] _best;
    private readonly double[] _means;

    /// <param name="fantasies">The model.</param>
    /// <param name="incumbents">The points of which the best is to be undercut: what the model expects there, since noise may have flattered what was measured.</param>
    public ExpectedImprovement(Fantasies fantasies, IEnumerable<double[]> incumbents)
    {
        _fantasies = fantasies;
        (_best, _means) = (new double[fantasies.Draws], new double[fantasies.Draws]);
        Array.Fill(_best, double.PositiveInfinity);
        foreach (var point in incumbents)
        {
            fantasies.Predict(point, _means);
            for (var draw = 0; draw < _best.Length; draw++) _best[draw] = Math.Min(_best[draw], _means[draw]);
        }
    }

    public double At(ReadOnlySpan<double> point)
    {
        var deviation = Math.Sqrt(_fantasies.Predict(point, _means));
        var sum = 0.0;
        for (var draw = 0; draw < _best.Length; draw++) sum += Of((_best[draw] - _means[draw]) / deviation);
        return deviation * sum / _best.Length;
    }

    // Far below, the difference of two nearly equal terms would be lost to rounding.
    private static double Of(double z) => z < -8 ? StandardNormal.Density(z) / (z * z) : z * StandardNormal.Cumulative(z) + StandardNormal.Density(z);
}
