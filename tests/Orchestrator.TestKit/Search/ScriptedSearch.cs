using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;

namespace Orchestrator.TestKit.Search;

/// <summary>A search that proposes <c>x</c> = the trial's number, up to a number of trials, and keeps what it was told.</summary>
/// <param name="points">Points in the space.</param>
public sealed class ScriptedSearch(int points = int.MaxValue) : ISearchAlgorithm
{
    private readonly List<SearchObservation> _observations = [];

    public IReadOnlyList<SearchObservation> Observations => _observations;

    public ParameterSet? Propose(int trialNumber) => trialNumber > points ? null : new ParameterSet([new("x", ParameterValue.Of((long)trialNumber))]);

    public void Observe(SearchObservation observation) => _observations.Add(observation);
}
