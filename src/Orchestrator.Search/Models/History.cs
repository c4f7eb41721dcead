using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Fidelity;

namespace Orchestrator.Search.Models;

/// <summary>What a model-based algorithm knows: finished trials, the best first, and those that still run.</summary>
internal sealed class History(ModelSpace space, Objectives objectives)
{
    private readonly SortedDictionary<int, (double[] Point, ParameterSet Parameters)> _running = [];
    private readonly List<Observed> _finished = [];
    private readonly HashSet<ParameterSet> _tried = [];
    private readonly Voids _voids = new(space.Axes);
    private readonly ConfigurationFeatures _features = new(space.Axes);

    /// <summary>The finished trials, the best first by the first metric.</summary>
    public IReadOnlyList<Observed> Finished => _finished;

    /// <summary>The points of the trials that have not ended, by trial number.</summary>
    public IReadOnlyList<double[]> Running => [.. _running.Values.Select(r => r.Point)];

    /// <summary>What the trials have shown on their way.</summary>
    public CurveBook Curves { get; } = new(objectives.Goal);

    /// <summary>The trials, the best first, by what they measured or by what their curves foretell.</summary>
    public IReadOnlyList<Scored> Scores() => NormalScores.Of(_finished, _running.Select(r => (r.Key, r.Value.Point)), Curves, _features);

    /// <summary>Counts what has been observed.</summary>
    public int Version { get; private set; }

    /// <summary>How many different points have been tried.</summary>
    public int Tried => _tried.Count;

    /// <summary>Whether a point has been tried.</summary>
    public bool WasTried(ParameterSet parameters) => _tried.Contains(parameters);

    /// <summary>Whether a point lies where nothing can be had.</summary>
    public bool IsVoid(ReadOnlySpan<double> point) => _voids.Contains(point);

    /// <summary>How many trials are known: finished ones, running ones and those of earlier sweeps.</summary>
    public int Known => _running.Count + _finished.Count;

    /// <summary>Takes note; what is now known of a trial that ended or was paused, or null.</summary>
    public Observed? Observe(SearchObservation observation)
    {
        // Most reports in mid-run change nothing that a proposal depends on.
        if (observation is not SearchObservation.Reported report || Curves.Observe(report)) Version++;
        switch (observation)
        {
            case SearchObservation.Proposed proposed:
                _running[proposed.TrialNumber] = (space.Encode(proposed.Parameters), proposed.Parameters);
                // Trials of earlier sweeps, numbered below 1, are known but not tried here: their points may be tried again.
                if (proposed.TrialNumber > 0) _tried.Add(proposed.Parameters);
                if (proposed.Asked is { } asked) _voids.Add(space.Encode(asked), _running[proposed.TrialNumber].Point);
                return null;
            case SearchObservation.Ended ended:
                return End(ended);
            case SearchObservation.Paused paused:
                // It may never go on, so what it has shown counts like that of one that was stopped.
                return End(new SearchObservation.Ended(paused.TrialNumber, paused.Metric, paused.Resource));
            case SearchObservation.Resumed resumed:
                GoOn(resumed.TrialNumber);
                return null;
            default:
                return null;
        }
    }

    private Observed? End(SearchObservation.Ended ended)
    {
        // One that was paused ends without having gone on.
        if (!_running.ContainsKey(ended.TrialNumber)) GoOn(ended.TrialNumber);
        if (!_running.Remove(ended.TrialNumber, out var trial)) return null;
        var observed = new Observed(ended.TrialNumber, trial.Point, objectives.ValuesOf(ended), ended.StoppedAt, objectives.BrokenBy(trial.Parameters, ended));
        _finished.Insert(~_finished.BinarySearch(observed, Observed.BestFirst), observed);
        return observed;
    }

    private void GoOn(int trial)
    {
        var index = _finished.FindIndex(o => o.Trial == trial);
        if (index < 0) return;
        _running[trial] = (_finished[index].Point, space.Decode(_finished[index].Point));
        _finished.RemoveAt(index);
    }
}
