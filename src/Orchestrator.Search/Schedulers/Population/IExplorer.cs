using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>Chooses the parameters of forks.</summary>
internal interface IExplorer
{
    /// <summary>Takes note of what an interval of training did.</summary>
    void Learn(Improvement improvement);

    /// <summary>Parameters for a fork. Does not change the state.</summary>
    /// <param name="parent">Those of the trial that is forked.</param>
    /// <param name="epoch">Where it is.</param>
    /// <param name="taken">Those of the forks that begin at the same time.</param>
    /// <param name="random">The only source of randomness.</param>
    ParameterSet Explore(ParameterSet parent, int epoch, IReadOnlyList<ParameterSet> taken, ref SplitMix64 random);
}
