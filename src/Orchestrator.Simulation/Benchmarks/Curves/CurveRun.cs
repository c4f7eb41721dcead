using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>One sweep over a table of curves in virtual time, with a budget of epochs.</summary>
internal sealed class CurveRun(CurveTable table, ExperimentSpec spec)
{
    private readonly ISearchAlgorithm _search = SearchAlgorithms.Create(spec);
    private readonly ITrialScheduler _scheduler = TrialSchedulers.Create(spec);
    private readonly PriorityQueue<(int Trial, int Row, int Epoch), (double Time, int Trial)> _steps = new();
    private readonly Dictionary<int, double> _best = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>Trials begun.</summary>
    public int Trials { get; private set; }

    /// <summary>The least error of a whole training; the median of the table where there was none.</summary>
    public double BestFinalError { get; private set; } = double.PositiveInfinity;

    public void Run(int budgetEpochs, int workers)
    {
        for (var worker = 0; worker < workers; worker++) Begin(0);
        for (var spent = 0; spent < budgetEpochs && _steps.TryDequeue(out var step, out var at); spent++)
        {
            if (EndEpoch(step.Trial, step.Row, step.Epoch)) Begin(at.Time);
            else Enqueue(step.Trial, step.Row, step.Epoch + 1, at.Time);
        }
    }

    private void Begin(double time)
    {
        if (_search.Propose(Trials + 1) is not { } point) return;
        var row = table.Nearest(point, _taken);
        if (row < 0) return;
        _taken.Add(row);
        Trials++;
        _search.Observe(new SearchObservation.Proposed(Trials, table.ParametersOf(row)));
        Enqueue(Trials, row, 1, time);
    }

    private void Enqueue(int trial, int row, int epoch, double time) =>
        _steps.Enqueue((trial, row, epoch), (time + table.Curves[row].Seconds / table.Epochs, trial));

    /// <summary>Reports an epoch; whether the trial ends with it.</summary>
    private bool EndEpoch(int trial, int row, int epoch)
    {
        var error = table.Curves[row].Errors[epoch - 1];
        var report = new SchedulerReport(trial, epoch, error);
        var stop = _scheduler.Decide(report).Stop;
        _scheduler.Observe(report);
        _search.Observe(new SearchObservation.Reported(trial, epoch, error));
        _best[trial] = Math.Min(error, _best.GetValueOrDefault(trial, error));
        var whole = epoch == table.Epochs;
        if (whole) BestFinalError = Math.Min(BestFinalError, error);
        if (!whole && !stop) return false;
        _search.Observe(new SearchObservation.Ended(trial, _best[trial], whole ? null : epoch));
        return true;
    }
}
