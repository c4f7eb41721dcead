using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Search;

/// <summary>
/// Proposes points. A seeded state machine without I/O: the same seed and the same observations in the same order give the same proposals,
/// so an experiment's search is restored by replaying its journal.
/// </summary>
public interface ISearchAlgorithm
{
    /// <summary>The point of the next trial, or null when the space is exhausted. Does not change the state.</summary>
    /// <param name="trialNumber">Counts from 1.</param>
    ParameterSet? Propose(int trialNumber);

    /// <summary>Takes note of something that happened to a trial.</summary>
    void Observe(SearchObservation observation);
}
