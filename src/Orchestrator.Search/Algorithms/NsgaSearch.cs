using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;
using Orchestrator.Search.Models.Pareto;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// NSGA-II, asynchronous: each trial crosses two winners of tournaments among the best trials so far, by fronts and room, and mutates the result.
/// Constraints come before metrics. Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, 2002; the crossing of ordered
/// parameters is simulated binary crossover (eta_c: <c>Likeness</c>), Deb and Agrawal 1995.
/// </summary>
internal sealed class NsgaSearch(ModelSpace space, Objectives objectives, long seed) : ModelSearch(space, objectives, seed)
{
    private const int Population = 40;
    private const double CrossingShare = 0.9;
    private const double Likeness = 10;

    private readonly ParetoPool _pool = new(Population);

    protected override void OnEnded(Observed trial) => _pool.Add(trial);

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        var sorted = _pool.Sorted;
        if (History.Known < Population || sorted.Count < 2) return Space.Sample(ref random);
        var first = Winner(sorted, ref random);
        var child = (double[])first.Clone();
        if (random.NextDouble() < CrossingShare) Cross(child, Winner(sorted, ref random), ref random);
        Space.Complete(child, ref random);
        return Neighbours.Random(Space, child, ref random);
    }

    // The trials are sorted, so the earlier of two is the better one.
    private static double[] Winner(IReadOnlyList<(Observed Trial, int Front)> sorted, ref SplitMix64 random)
    {
        var count = (ulong)Math.Min(sorted.Count, Population);
        return sorted[(int)Math.Min(random.NextBelow(count), random.NextBelow(count))].Trial.Point;
    }

    private void Cross(double[] child, double[] other, ref SplitMix64 random)
    {
        for (var axis = 0; axis < child.Length; axis++)
        {
            if (random.NextDouble() < 0.5) continue;
            if (!Space.Axes[axis].IsOrdered || double.IsNaN(child[axis]) || double.IsNaN(other[axis]))
            {
                child[axis] = other[axis];
                continue;
            }
            var unit = random.NextDouble();
            var spread = unit < 0.5 ? Math.Pow(2 * unit, 1 / (Likeness + 1)) : Math.Pow(1 / (2 * (1 - unit)), 1 / (Likeness + 1));
            child[axis] = Space.FromUnit(axis, Math.Clamp(0.5 * ((1 + spread) * child[axis] + (1 - spread) * other[axis]), 0, 1));
        }
    }
}
