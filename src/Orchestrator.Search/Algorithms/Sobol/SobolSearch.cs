using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Sobol;

/// <summary>
/// A scrambled Sobol sequence: trial n is a function of the seed and n alone, and the first 2^k trials fill the space most evenly. Dimensions beyond
/// those of <see cref="SobolSequence"/> are drawn independently, and so is a point that takes the place of one that a constraint rules out.
/// </summary>
internal sealed class SobolSearch(SearchSpace space, long seed) : ISearchAlgorithm
{
    public ParameterSet? Propose(int trialNumber)
    {
        var random = SplitMix64.ForStream(seed, trialNumber);
        var unit = new double[space.Dimensions.Count];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = i < SobolSequence.Dimensions
                ? SobolSequence.At((uint)(trialNumber - 1), i, (uint)SplitMix64.DeriveSeed(seed, -1 - i))
                : random.NextDouble();
        }
        var point = space.FromUnit(unit);
        return space.IsAllowed(point) ? point : space.Sample(ref random);
    }

    public void Observe(SearchObservation observation)
    {
    }
}
