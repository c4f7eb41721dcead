using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// Every combination once, in a fixed order: the first parameter of the file changes slowest. Trial n is the n-th number of a mixed-radix count,
/// so it costs one division per dimension and needs no memory of the trials before.
/// </summary>
internal sealed class GridSearch : ISearchAlgorithm
{
    private readonly SearchSpace _space;

    /// <exception cref="OrchestratorException">A dimension is continuous.</exception>
    public GridSearch(SearchSpace space)
    {
        _space = space;
        var continuous = space.Dimensions.Where(d => d.Count is null).Select(d => d.Name).ToList();
        if (continuous.Count > 0)
            throw new OrchestratorException("search.grid_continuous", $"A grid needs values it can list: give 'values', an integer range or a quantum 'q' for {string.Join(", ", continuous)}.");
    }

    public ParameterSet? Propose(int trialNumber)
    {
        var rest = (long)trialNumber - 1;
        var dimensions = _space.Dimensions;
        var entries = new KeyValuePair<string, ParameterValue>[dimensions.Count];
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            (rest, var index) = Math.DivRem(rest, dimensions[i].Count!.Value);
            entries[i] = new(dimensions[i].Name, dimensions[i].At(index));
        }
        return rest == 0 ? new ParameterSet(entries) : null;
    }

    public void Observe(SearchObservation observation)
    {
    }
}
