using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>By how much a point is expected to undercut the best one.</summary>
internal sealed class ExpectedImprovement(GaussianProcess process, double[] incumbent)
{
    // What the model expects of the best trial, not what was measured: noise may have flattered it.
    private readonly double _best = process.Mean(incumbent);

    public double At(ReadOnlySpan<double> point)
    {
        var (mean, variance) = process.Predict(point);
        var deviation = Math.Sqrt(variance);
        var z = (_best - mean) / deviation;
        // Far below, the difference of two nearly equal terms would be lost to rounding.
        return z < -8 ? deviation * StandardNormal.Density(z) / (z * z) : deviation * (z * StandardNormal.Cumulative(z) + StandardNormal.Density(z));
    }
}
