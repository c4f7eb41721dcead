using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// Every combination once, in a fixed order: the first parameter of the file changes slowest. Trial n is the n-th point of that order, so a
/// grid goes on where it was whatever has been observed.
/// </summary>
internal sealed class GridSearch : ISearchAlgorithm
{
    private readonly SearchSpace _space;
    private readonly HashSet<ParameterSet> _left;
    private PointList _points;
    private int _at;
    private ParameterSet? _point;

    /// <param name="space">The space.</param>
    /// <param name="leaveOut">Points that are tried otherwise.</param>
    /// <exception cref="OrchestratorException">A dimension is continuous.</exception>
    public GridSearch(SearchSpace space, IReadOnlyCollection<ParameterSet> leaveOut)
    {
        _space = space;
        _left = [.. leaveOut];
        _points = new PointList(space);
        var continuous = space.Dimensions.Where(d => d.Count is null).Select(d => d.Name).ToList();
        if (continuous.Count > 0)
            throw new OrchestratorException("search.grid_continuous", $"A grid needs values it can list: give 'values', an integer range or a quantum 'q' for {string.Join(", ", continuous)}.");
    }

    public ParameterSet? Propose(int trialNumber)
    {
        // Trials are asked for in order, and the last one again and again: the place in the list is kept, and only a step back begins anew.
        if (trialNumber < _at) (_points, _at, _point) = (new PointList(_space), 0, null);
        for (; _at < trialNumber && (_at == 0 || _point is not null); _at++) _point = NextLeft();
        return _point;
    }

    private ParameterSet? NextLeft()
    {
        var point = _points.Next();
        while (point is not null && _left.Contains(point)) point = _points.Next();
        return point;
    }

    public void Observe(SearchObservation observation)
    {
    }
}
