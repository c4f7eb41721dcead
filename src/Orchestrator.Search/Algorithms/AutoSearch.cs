using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Algorithms.Tpe;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// What a user gets without choosing: a Gaussian process, which learns most from few trials, and Parzen estimators once trials are so many that
/// it would cost too much. Both see everything from the first trial on.
/// </summary>
internal sealed class AutoSearch(ModelSpace space, Objectives objectives, long seed) : ISearchAlgorithm
{
    /// <summary>The last trial that the Gaussian process proposes.</summary>
    private const int LastOfProcess = 200;

    private readonly GpSearch _process = new(space, objectives, seed);
    private readonly TpeSearch _estimators = new(space, objectives, seed);

    // With several metrics the estimators go by Pareto fronts; the process would see the first alone.
    public ParameterSet? Propose(int trialNumber) => trialNumber <= LastOfProcess && objectives.Count == 1 ? _process.Propose(trialNumber) : _estimators.Propose(trialNumber);

    public void Observe(SearchObservation observation)
    {
        _process.Observe(observation);
        _estimators.Observe(observation);
    }
}
