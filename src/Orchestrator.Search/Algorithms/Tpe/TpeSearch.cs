using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;
using Orchestrator.Search.Models.Pareto;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>
/// Tree-structured Parzen estimators, multivariate: models where good trials lie, l(x), and where the others do, g(x), and proposes the draw of l
/// with the greatest l/g. Running trials count a little as poor (the constant liar), so that parallel proposals keep apart. With several metrics the good
/// trials are the first Pareto fronts.
/// Bergstra et al., Algorithms for Hyper-Parameter Optimization, NIPS 2011; Watanabe, Tree-Structured Parzen Estimator, arXiv 2304.11127;
/// Ozaki et al., Multiobjective Tree-Structured Parzen Estimator, JAIR 2022.
/// </summary>
internal sealed class TpeSearch(ModelSpace space, Objectives objectives, long seed, TpeOptions? options = null) : ModelSearch(space, objectives, seed)
{
    private readonly TpeOptions _options = options ?? new TpeOptions();
    private readonly ParetoPool? _pool = objectives.Count > 1 ? new ParetoPool(4 * (options ?? new TpeOptions()).MostGood) : null;

    protected override void OnEnded(Observed trial) => _pool?.Add(trial);

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        var finished = History.Finished;
        if (History.Known < _options.Startup || finished.Count < _options.StartupFinished) return First(ref random);
        var goodCount = Math.Clamp((int)Math.Ceiling(_options.GoodShare * finished.Count), 1, _options.MostGood);
        List<double[]> goodPoints = [.. Good(goodCount).Select(o => o.Point)];
        var good = Estimator(goodPoints, []);
        var running = History.Running;
        var poor = Estimator(Poor(goodPoints, ref random), running);
        double[]? best = null;
        var bestScore = double.NegativeInfinity;
        for (var i = 0; i < _options.Candidates; i++)
        {
            var candidate = good.Sample(ref random);
            var score = good.LogDensity(candidate) - poor.LogDensity(candidate);
            if (score <= bestScore || !IsNew(candidate)) continue;
            (best, bestScore) = (candidate, score);
        }
        return best ?? good.Sample(ref random);
    }

    private IEnumerable<Observed> Good(int count) => _pool is null ? History.Finished.Take(count) : _pool.Sorted.Take(count).Select(t => t.Trial);

    /// <summary>The poor trials, or an even sample of these, so that a proposal's cost is bounded.</summary>
    private List<double[]> Poor(List<double[]> good, ref SplitMix64 random)
    {
        var finished = History.Finished;
        var poor = new List<double[]>();
        // With one metric the good ones are the first; with several they lie anywhere.
        var from = _pool is null ? good.Count : 0;
        var count = finished.Count - from;
        var step = Math.Max(1, (double)count / _options.MostPoor);
        for (var at = step * random.NextDouble(); at < count; at += step)
        {
            var point = finished[from + (int)at].Point;
            if (_pool is null || !good.Contains(point)) poor.Add(point);
        }
        return poor;
    }

    private ParzenEstimator Estimator(List<double[]> points, IReadOnlyList<double[]> running)
    {
        // Scott's rule: kernels narrow as points become more.
        var narrowing = Math.Pow(Math.Max(1, points.Count), -1.0 / (Space.Axes.Length + 4));
        double[] weights = [.. Enumerable.Repeat(1.0, points.Count), .. Enumerable.Repeat(_options.RunningWeight, running.Count)];
        return new ParzenEstimator(Space, [.. points, .. running], weights, _options.PriorWeight, _options.Width * narrowing, _options.Change * narrowing);
    }
}
