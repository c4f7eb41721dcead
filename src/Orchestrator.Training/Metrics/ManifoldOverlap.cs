using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// How much of the samples looks real, and how much of what is real the samples reach, by balls around features that end at the k-th
/// neighbour. Kynkäänniemi et al.: Improved Precision and Recall Metric for Assessing Generative Models, NeurIPS 2019;
/// Naeem et al.: Reliable Fidelity and Diversity Metrics for Generative Models, ICML 2020.
/// </summary>
/// <param name="Precision">Share of samples within some ball of the real set.</param>
/// <param name="Recall">Share of the real set within some ball of the samples.</param>
/// <param name="Density">Mean number of balls of the real set that a sample lies in, divided by k; around 1, may be above.</param>
/// <param name="Coverage">Share of the real balls with a sample in them.</param>
public sealed record ManifoldOverlap(double Precision, double Recall, double Density, double Coverage)
{
    /// <summary>Measures.</summary>
    /// <param name="real">Features of real rows, more than <paramref name="k"/> of them.</param>
    /// <param name="samples">Features of samples, more than <paramref name="k"/> of them.</param>
    /// <param name="k">Which neighbour a ball ends at.</param>
    public static ManifoldOverlap Of(Tensor real, Tensor samples, int k)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (real.to(ScalarType.Float64), samples.to(ScalarType.Float64));
        var (realRadii, sampleRadii) = (NearestNeighbours.SquaredRadii(x, k), NearestNeighbours.SquaredRadii(y, k));
        var ballsOfSample = NearestNeighbours.ByBlocks(y, block => (NearestNeighbours.SquaredDistances(block, x) <= realRadii).to(ScalarType.Float64).sum(1));
        var ballsOfReal = NearestNeighbours.ByBlocks(x, block => (NearestNeighbours.SquaredDistances(block, y) <= sampleRadii).to(ScalarType.Float64).sum(1));
        var nearest = NearestNeighbours.ByBlocks(x, block => NearestNeighbours.SquaredDistances(block, y).amin([1]));
        return new ManifoldOverlap(
            Share(ballsOfSample > 0),
            Share(ballsOfReal > 0),
            ballsOfSample.mean().item<double>() / k,
            Share(nearest <= realRadii));
    }

    private static double Share(Tensor flags) => flags.to(ScalarType.Float64).mean().item<double>();
}
