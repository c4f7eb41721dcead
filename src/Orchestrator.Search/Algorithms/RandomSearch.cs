using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// Independent draws: trial n is a function of the seed and n alone.
/// Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, JMLR 2012.
/// </summary>
internal sealed class RandomSearch(SearchSpace space, long seed) : ISearchAlgorithm
{
    public ParameterSet? Propose(int trialNumber)
    {
        var random = SplitMix64.ForStream(seed, trialNumber);
        return space.Sample(ref random);
    }

    public void Observe(SearchObservation observation)
    {
    }
}
