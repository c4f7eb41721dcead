using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// Bayesian optimisation: models the metric by a Gaussian process and proposes the point of greatest expected improvement. Values are replaced by
/// the normal quantiles of their ranks, so that a heavy tail of poor trials does not hide the differences between good ones. What running trials may
/// give is drawn from the model (<see cref="Fantasies"/>), so that parallel proposals keep apart.
/// Jones, Schonlau, Welch: Efficient Global Optimization of Expensive Black-Box Functions, 1998.
/// </summary>
internal sealed class GpSearch(ModelSpace space, Objectives objectives, long seed, GpOptions? options = null) : ModelSearch(space, objectives, seed)
{
    private readonly GpOptions _options = options ?? new GpOptions();

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        if (History.Known < _options.Startup || History.Finished.Count < 3) return First(ref random);
        var observed = GpSample.Of(History.Scores(), _options.MostPoints);
        var data = Data(observed);
        var process = new GaussianProcess(data, GpFit.Fit(Data(GpSample.Of(observed, _options.MostFitted)), _options.Bending));
        double[][] running = [.. History.Running.TakeLast(_options.MostRunning)];
        var fantasies = new Fantasies(process, data, running, _options.Fantasies, ref random);
        return Climb(new ExpectedImprovement(fantasies, [observed[0].Point, .. running]), observed, ref random);
    }

    private GpData Data(IReadOnlyList<Scored> observed) => new(Space.Axes, [.. observed.Select(o => o.Point)], [.. observed.Select(o => o.Score)], [.. observed.Select(o => o.Noise)]);

    /// <summary>Takes the best of many random points and of the neighbours of the best trials, and climbs from there over neighbours.</summary>
    private double[] Climb(ExpectedImprovement improvement, IReadOnlyList<Scored> observed, ref SplitMix64 random)
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
