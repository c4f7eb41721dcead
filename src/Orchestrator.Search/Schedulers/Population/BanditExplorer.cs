using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>
/// The explore step of PB2: a Gaussian process over epoch and parameters of how much an interval of training improved a trial; a fork gets the
/// parameters of the best confidence bound at its epoch, with the forks of the same time taken to give what the model expects.
/// Parker-Holder et al., Provably Efficient Online Hyperparameter Optimization with Population-Based Bandits, NeurIPS 2020.
/// </summary>
internal sealed class BanditExplorer(Mutables mutables, IExplorer otherwise) : IExplorer
{
    private const int LeastLearned = 4;
    private const int MostLearned = 120; // the newest: what helps changes in the course of training
    private const int Candidates = 400;
    private const double Exploration = 1.5; // standard deviations

    private readonly Queue<Improvement> _learned = [];

    public void Learn(Improvement improvement)
    {
        _learned.Enqueue(improvement);
        if (_learned.Count > MostLearned) _learned.Dequeue();
    }

    public ParameterSet Explore(ParameterSet parent, int epoch, IReadOnlyList<ParameterSet> taken, ref SplitMix64 random)
    {
        if (_learned.Count < LeastLearned || mutables.Dimensions.Count == 0) return otherwise.Explore(parent, epoch, taken, ref random);
        var process = Model(epoch, taken);
        var (best, bestBound) = (mutables.Encode(parent), double.PositiveInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var point = new double[mutables.Dimensions.Count];
            for (var axis = 0; axis < point.Length; axis++) point[axis] = random.NextDouble();
            var (mean, variance) = process.Predict([1, .. point]);
            var bound = mean - Exploration * Math.Sqrt(variance);
            if (bound < bestBound) (best, bestBound) = (point, bound);
        }
        return mutables.Decode(parent, best);
    }

    /// <summary>The epoch is the first coordinate: 1 is now.</summary>
    private GaussianProcess Model(int epoch, IReadOnlyList<ParameterSet> taken)
    {
        Axis[] axes = [new Axis(true, null), .. mutables.Dimensions.Select(d => new Axis(d.IsOrdered, d.Count is < int.MaxValue ? (int)d.Count : null))];
        // In an order that does not depend on who reported first.
        var learned = _learned.OrderBy(l => l.Epoch).ThenBy(l => l.Change).ToList();
        double[][] points = [.. learned.Select(l => (double[])[Math.Min(1, (double)l.Epoch / Math.Max(1, epoch)), .. mutables.Encode(l.Parameters)])];
        var values = Standardised([.. learned.Select(l => l.Change)]);
        var data = new GpData(axes, points, values, new double[values.Length]);
        var process = new GaussianProcess(data, GpFit.Fit(data));
        if (taken.Count == 0) return process;
        double[][] believed = [.. taken.Select(t => (double[])[1, .. mutables.Encode(t)])];
        double[] expected = [.. values, .. believed.Select(p => process.Predict(p).Mean)];
        return new GaussianProcess(new GpData(axes, [.. points, .. believed], expected, new double[expected.Length]), process.Parameters);
    }

    private static double[] Standardised(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => deviation > 0 ? Math.Clamp((v - mean) / deviation, -3, 3) : 0)];
    }
}
