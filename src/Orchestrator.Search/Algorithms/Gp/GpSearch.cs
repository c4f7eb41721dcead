using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// Bayesian optimisation: models the metric by a Gaussian process and proposes the point of greatest expected improvement. Values are replaced by
/// the normal quantiles of their ranks, so that a heavy tail of poor trials does not hide the differences between good ones. Running trials are
/// taken to give what the model expects of them (the kriging believer), so that parallel proposals keep apart.
/// Jones, Schonlau, Welch: Efficient Global Optimization of Expensive Black-Box Functions, 1998; Ginsbourger et al., 2010.
/// </summary>
internal sealed class GpSearch(ModelSpace space, Objectives objectives, long seed, GpOptions? options = null) : ModelSearch(space, objectives, seed)
{
    private readonly GpOptions _options = options ?? new GpOptions();

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        if (History.Known < _options.Startup || History.Finished.Count < 3) return First(ref random);
        var observed = GpSample.Of(History.Finished, _options.MostPoints);
        var process = Model(observed, ref random);
        var improvement = new ExpectedImprovement(process, observed[0].Point);
        return Climb(improvement, observed, ref random);
    }

    private GaussianProcess Model(IReadOnlyList<Observed> observed, ref SplitMix64 random)
    {
        double[][] points = [.. observed.Select(o => o.Point)];
        var values = NormalScores.Of(observed);
        var (fitPoints, fitValues) = (points, values);
        if (points.Length > _options.MostFitted)
        {
            // The best third, and an even sample of the others.
            var kept = GpSample.Indices(points.Length, _options.MostFitted);
            (fitPoints, fitValues) = ([.. kept.Select(i => points[i])], [.. kept.Select(i => values[i])]);
        }
        var parameters = GpFit.Fit(Space.Axes, fitPoints, fitValues);
        var process = new GaussianProcess(Space.Axes, points, values, parameters);
        if (History.Running.Count == 0) return process;
        double[][] believed = [.. points, .. History.Running];
        return new GaussianProcess(Space.Axes, believed, [.. values, .. History.Running.Select(p => process.Mean(p))], parameters);
    }

    /// <summary>Takes the best of many random points and of the neighbours of the best trials, and climbs from there over neighbours.</summary>
    private double[] Climb(ExpectedImprovement improvement, IReadOnlyList<Observed> observed, ref SplitMix64 random)
    {
        var candidates = new List<(double[] Point, double Score)>();
        for (var i = 0; i < _options.Candidates; i++) Consider(Space.Sample(ref random));
        foreach (var good in observed.Take(5))
            for (var i = 0; i < 10; i++) Consider(Neighbours.Random(Space, good.Point, ref random));
        candidates.Sort((left, right) => right.Score.CompareTo(left.Score));
        var (best, bestScore) = ((double[]?)null, double.NegativeInfinity);
        foreach (var (start, startScore) in candidates.Take(_options.Climbs))
        {
            var (point, score) = ClimbFrom(start, startScore, improvement, ref random);
            if (score > bestScore) (best, bestScore) = (point, score);
        }
        return best ?? Space.Sample(ref random);

        void Consider(double[] point)
        {
            if (IsNew(point)) candidates.Add((point, improvement.At(point)));
        }
    }

    private (double[] Point, double Score) ClimbFrom(double[] point, double score, ExpectedImprovement improvement, ref SplitMix64 random)
    {
        for (var width = 0.1; width > 0.005; width *= 0.5)
        {
            for (var improved = true; improved;)
            {
                improved = false;
                foreach (var neighbour in Neighbours.Of(Space, point, width, ref random))
                {
                    var other = improvement.At(neighbour);
                    if (other <= score * (1 + 1e-9) || !IsNew(neighbour)) continue;
                    (point, score, improved) = (neighbour, other, true);
                }
            }
            // In a space of listed values a narrower width gives the same neighbours.
            if (Space.Size is not null) break;
        }
        return (point, score);
    }
}
