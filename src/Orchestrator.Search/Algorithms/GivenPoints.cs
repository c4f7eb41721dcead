using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;

namespace Orchestrator.Search.Algorithms;

/// <summary>Proposes given points first, then what an algorithm proposes, which learns from all of them.</summary>
/// <param name="points">The points.</param>
/// <param name="then">The algorithm.</param>
/// <param name="countsAnew">Whether the algorithm's first proposal is for the first trial behind the points: a list must not lose its beginning.</param>
internal sealed class GivenPoints(IReadOnlyList<ParameterSet> points, ISearchAlgorithm then, bool countsAnew) : ISearchAlgorithm
{
    public ParameterSet? Propose(int trialNumber) =>
        trialNumber <= points.Count ? points[trialNumber - 1] : then.Propose(countsAnew ? trialNumber - points.Count : trialNumber);

    public void Observe(SearchObservation observation) => then.Observe(observation);
}
