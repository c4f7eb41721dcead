using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>One sweep over a table of curves in virtual time, with a budget of epochs: the product's own experiment, with rows instead of training.</summary>
internal sealed class CurveRun
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly string[] Worker = ["worker"];

    private readonly CurveTable _table;
    private readonly RowSearch _search;
    private readonly Experiment _experiment;
    private readonly PriorityQueue<int, (double Time, int Trial)> _steps = new();
    private int _idle;

    public CurveRun(CurveTable table, ExperimentSpec spec)
    {
        _table = table;
        _search = new RowSearch(table, SearchAlgorithms.Create(spec));
        _experiment = new Experiment(new ExperimentId("bench"), new ExperimentSubmitted(Start, spec, ""), _search, TrialSchedulers.Create(spec));
    }

    /// <summary>Trials begun.</summary>
    public int Trials => _experiment.Trials.Count;

    /// <summary>The least error of a whole training; infinite where there was none.</summary>
    public double BestFinalError { get; private set; } = double.PositiveInfinity;

    /// <summary>Trains until the budget is spent.</summary>
    /// <param name="workers">Trials that run at once.</param>
    public void Run(int workers)
    {
        _idle = workers;
        Place(0);
        while (!_experiment.IsTerminal && _steps.TryDequeue(out var trial, out var at))
        {
            if (EndEpoch(_experiment.Find(trial)!, at.Time)) Enqueue(_experiment.Find(trial)!, at.Time);
            else _idle++;
            Place(at.Time);
        }
    }

    private void Place(double time)
    {
        while (Apply(_experiment.Settle(At(time))))
        {
        }
        while (_idle > 0 && _experiment.Place(Worker, At(time)) is { Count: > 0 } events)
        {
            Apply(events);
            _idle--;
            Enqueue(_experiment.Find(((AttemptStarted)events[^1]).Trial)!, time);
        }
    }

    private void Enqueue(Trial trial, double time) =>
        _steps.Enqueue(trial.Id.Number, (time + _table.Curves[_search.RowOf(trial.Parameters)].Seconds / _table.Epochs, trial.Id.Number));

    /// <summary>Reports an epoch; whether the trial trains on.</summary>
    private bool EndEpoch(Trial trial, double time)
    {
        var epoch = trial.Epoch + 1;
        var error = _table.Curves[_search.RowOf(trial.Parameters)].Errors[epoch - 1];
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { [_experiment.Spec.Metric.Name] = error };
        Apply(_experiment.Report(new TrialReported(At(time), trial.Id.Number, trial.Attempt, epoch, epoch, epoch, metrics), At(time), out _));
        if (epoch == _table.Epochs)
        {
            BestFinalError = Math.Min(BestFinalError, error);
            Apply(_experiment.EndAttempt(new AttemptEnded(At(time), trial.Id.Number, trial.Attempt, AttemptOutcome.Completed, null), At(time)));
        }
        return trial.Status == TrialStatus.Running;
    }

    private bool Apply(IReadOnlyList<ExperimentEvent> events)
    {
        foreach (var value in events) _experiment.Apply(value);
        return events.Count > 0;
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
