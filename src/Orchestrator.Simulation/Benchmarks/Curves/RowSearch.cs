using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>Turns an algorithm's points into the nearest rows of a table that are not yet taken.</summary>
internal sealed class RowSearch(CurveTable table, ISearchAlgorithm inner) : ISearchAlgorithm
{
    private readonly Dictionary<ParameterSet, int> _rows = [];
    private readonly HashSet<int> _taken = [];
    private (int Trial, ParameterSet Point, ParameterSet? Row)? _last;

    /// <summary>The row of a point that was proposed.</summary>
    public int RowOf(ParameterSet parameters) => _rows[parameters];

    public ParameterSet? Propose(int trialNumber)
    {
        if (inner.Propose(trialNumber) is not { } point) return null;
        if (_last is { } last && last.Trial == trialNumber && last.Point.Equals(point)) return last.Row;
        var row = table.Nearest(point, _taken);
        var parameters = row < 0 ? null : table.ParametersOf(row);
        if (parameters is not null) _rows[parameters] = row;
        _last = (trialNumber, point, parameters);
        return parameters;
    }

    public void Observe(SearchObservation observation)
    {
        if (observation is SearchObservation.Proposed proposed)
        {
            _taken.Add(RowOf(proposed.Parameters));
            if (_last is { } last && last.Trial == proposed.TrialNumber && !last.Point.Equals(proposed.Parameters)) observation = proposed with { Asked = last.Point };
            _last = null;
        }
        inner.Observe(observation);
    }
}
