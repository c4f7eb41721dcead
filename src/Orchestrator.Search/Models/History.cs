using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Models;

/// <summary>What a model-based algorithm knows: finished trials, the best first, and those that still run.</summary>
internal sealed class History(ModelSpace space, Goal goal)
{
    private readonly SortedDictionary<int, double[]> _running = [];
    private readonly List<Observed> _finished = [];
    private readonly HashSet<ParameterSet> _tried = [];

    /// <summary>The finished trials, the best first.</summary>
    public IReadOnlyList<Observed> Finished => _finished;

    /// <summary>The points of the trials that have not ended, by trial number.</summary>
    public IReadOnlyCollection<double[]> Running => _running.Values;

    /// <summary>Counts what has been observed.</summary>
    public int Version { get; private set; }

    /// <summary>How many different points have been tried.</summary>
    public int Tried => _tried.Count;

    /// <summary>Whether a point has been tried.</summary>
    public bool WasTried(ParameterSet parameters) => _tried.Contains(parameters);

    public void Observe(SearchObservation observation)
    {
        Version++;
        switch (observation)
        {
            case SearchObservation.Proposed proposed:
                _running[proposed.TrialNumber] = space.Encode(proposed.Parameters);
                _tried.Add(proposed.Parameters);
                break;
            case SearchObservation.Ended ended when _running.Remove(ended.TrialNumber, out var point):
                var value = ended.Metric is { } metric && double.IsFinite(metric) ? goal == Goal.Maximize ? -metric : metric : double.PositiveInfinity;
                var observed = new Observed(ended.TrialNumber, point, value, ended.StoppedAt);
                _finished.Insert(~_finished.BinarySearch(observed, Observed.BestFirst), observed);
                break;
        }
    }
}
