using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// Regularised evolution: each trial is a mutation of the best of a random few among the newest trials, so that old ones die out however good they were.
/// Real et al., Regularized Evolution for Image Classifier Architecture Search, AAAI 2019 (P: <c>Population</c>, S: <c>Contestants</c>).
/// </summary>
internal sealed class EvolutionSearch(ModelSpace space, Objectives objectives, long seed) : ModelSearch(space, objectives, seed)
{
    private const int Population = 24;
    private const int Contestants = 8;

    protected override double[] Choose(int trialNumber, ref SplitMix64 random)
    {
        var finished = History.Finished;
        if (History.Known < Population || finished.Count == 0) return Space.Sample(ref random);
        List<Observed> newest = [.. finished.OrderByDescending(o => o.Trial).Take(Population)];
        var parent = newest[(int)random.NextBelow((ulong)newest.Count)];
        for (var i = 1; i < Contestants; i++)
        {
            var contestant = newest[(int)random.NextBelow((ulong)newest.Count)];
            if (Observed.BestFirst.Compare(contestant, parent) < 0) parent = contestant;
        }
        return Neighbours.Random(Space, parent.Point, ref random);
    }
}
