using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>A gang of free workers is offered: starts the lowest waiting trial, or a new proposal.</summary>
    /// <param name="workers">In the order of rank; as many as the spec's world size.</param>
    /// <param name="now">The time.</param>
    /// <returns>The last event is the <see cref="AttemptStarted"/>; no events where the gang is not needed.</returns>
    /// <exception cref="ArgumentException">The gang has not one worker per rank.</exception>
    public IReadOnlyList<ExperimentEvent> Place(IReadOnlyList<string> workers, DateTimeOffset now)
    {
        if (workers.Count != Spec.Resources.WorldSize) throw new ArgumentException($"{Id} was offered {workers.Count} workers; its trials have {Spec.Resources.WorldSize} ranks.", nameof(workers));
        if (Demand == 0) return [];
        if (_waiting.Count > 0)
        {
            var trial = _trials[_waiting.Min - 1];
            return [new AttemptStarted(now, trial.Id.Number, trial.Attempt + 1, workers)];
        }
        var number = _trials.Count + 1;
        if (NextRepeat is { } point) return [new TrialProposed(now, number, point.Parameters, SeedOf(point.Count + 1), point.First), new AttemptStarted(now, number, 1, workers)];
        if (NextProposal is not { } parameters) return [];
        return [new TrialProposed(now, number, parameters, SeedOf(Spec.Seeds > 1 ? 1 : number)), new AttemptStarted(now, number, 1, workers)];
    }

    /// <summary>A trial reports at a scheduler step. Idempotent by (attempt, sequence).</summary>
    /// <param name="report">The report; its time is ignored.</param>
    /// <param name="now">The time.</param>
    /// <param name="verdict">What became of it; only an accepted one gives events.</param>
    public IReadOnlyList<ExperimentEvent> Report(TrialReported report, DateTimeOffset now, out ReportVerdict verdict)
    {
        if (FindRunning(report.Trial, report.Attempt) is not { } trial)
        {
            verdict = ReportVerdict.Stale;
            return [];
        }
        if (report.Sequence <= trial.Sequence)
        {
            verdict = ReportVerdict.Duplicate;
            return [];
        }
        verdict = ReportVerdict.Accepted;
        var reported = report with { At = now };
        if (report.Epoch <= trial.Epoch) return [reported];
        if (report.Epoch >= trial.Epochs) return [reported]; // its last one: it ends by itself
        var decision = _scheduler.Decide(SchedulerReport(reported));
        return decision.Verdict switch
        {
            SchedulerVerdict.Stop => [reported, new TrialEnded(now, report.Trial, TrialStatus.Stopped, decision.Reason)],
            SchedulerVerdict.Pause => [reported, .. Paused(trial, Initiator.Scheduler, decision.Reason!, now)],
            _ => [reported],
        };
    }

    /// <summary>
    /// A run of a trial ended. No events where it is not the trial's running one. One that says it was told to stop counts as interrupted:
    /// nobody here told it, or it would not be running.
    /// </summary>
    public IReadOnlyList<ExperimentEvent> EndAttempt(AttemptEnded ended, DateTimeOffset now)
    {
        if (FindRunning(ended.Trial, ended.Attempt) is not { } trial) return [];
        ended = ended with { At = now, Outcome = ended.Outcome == AttemptOutcome.Stopped ? AttemptOutcome.Interrupted : ended.Outcome };
        return ended.Outcome switch
        {
            AttemptOutcome.Completed => [ended, new TrialEnded(now, ended.Trial, TrialStatus.Completed, ended.Reason)],
            AttemptOutcome.Unhealthy => [ended, new TrialEnded(now, ended.Trial, TrialStatus.Stopped, ended.Reason)],
            AttemptOutcome.FailedForGood => [ended, new TrialEnded(now, ended.Trial, TrialStatus.Failed, ended.Reason)],
            AttemptOutcome.Failed when trial.Failures + 1 >= _retries.MaxFailures =>
                [ended, new TrialEnded(now, ended.Trial, TrialStatus.Failed, ended.Reason)],
            AttemptOutcome.Interrupted when trial.InterruptionsWithoutProgress + 1 >= _retries.MaxInterruptionsWithoutProgress =>
                [ended, new TrialEnded(now, ended.Trial, TrialStatus.Failed, $"Interrupted {_retries.MaxInterruptionsWithoutProgress} times without getting further; the last time: {ended.Reason}")],
            _ => [ended],
        };
    }

    /// <summary>A person stops the experiment: its running attempts end, and their trials wait for a resume.</summary>
    public IReadOnlyList<ExperimentEvent> Stop(string reason, DateTimeOffset now)
    {
        if (Status != ExperimentStatus.Running) return [];
        return [.. _running.Select(number => (ExperimentEvent)Broken(_trials[number - 1], reason, now)), new ExperimentStopped(now, reason)];
    }

    /// <summary>A person resumes a stopped experiment. No events where it is not stopped.</summary>
    public IReadOnlyList<ExperimentEvent> Resume(DateTimeOffset now) => Status == ExperimentStatus.Stopped ? [new ExperimentResumed(now)] : [];

    /// <summary>A person deletes the experiment. No events where it runs, or where one has.</summary>
    /// <param name="by">Who.</param>
    /// <param name="keepCheckpoints">Whether the files of its checkpoints stay.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ExperimentEvent> Delete(string by, bool keepCheckpoints, DateTimeOffset now) =>
        Status is ExperimentStatus.Running or ExperimentStatus.Deleting ? [] : [new ExperimentDeleted(now, by, keepCheckpoints)];

    /// <summary>
    /// Releases trials that the scheduler had paused, and ends the experiment if nothing is left to do, its budget is spent, or nothing can be trained.
    /// To be asked after every change until it gives no events, and now and then, since budgets run out by themselves.
    /// </summary>
    public IReadOnlyList<ExperimentEvent> Settle(DateTimeOffset now)
    {
        if (Status != ExperimentStatus.Running) return [];
        if (SpentBudget(now) is { } spent) return [.. Cancelled(spent, now), new ExperimentEnded(now, ExperimentStatus.Completed, spent)];
        if (Best is null && _failed >= _retries.MaxFailedTrials)
        {
            var reason = $"The first {_failed} trials failed before any reported; the last: {_trials.Last(t => t.Status == TrialStatus.Failed).Reason}";
            return [.. Cancelled(reason, now), new ExperimentEnded(now, ExperimentStatus.Failed, reason)];
        }
        if (Released(idle: false, now) is { Count: > 0 } released) return released;
        if (_running.Count > 0 || _waiting.Count > 0 || RemainingProposals > 0) return [];
        if (Released(idle: true, now) is { Count: > 0 } last) return last;
        if (_paused.Any(number => _trials[number - 1].PausedBy == Initiator.Person)) return []; // a person will go on with them, or stop them
        if (_paused.Count > 0) return [.. _paused.Select(number => new TrialEnded(now, number, TrialStatus.Stopped, _trials[number - 1].Reason))];
        return _failed == _trials.Count
            ? [new ExperimentEnded(now, ExperimentStatus.Failed, _failed == 0 ? "The space is empty." : $"Every trial failed; the last: {_trials[^1].Reason}")]
            : [new ExperimentEnded(now, ExperimentStatus.Completed, "All trials ended.")];
    }

    /// <summary>What the scheduler does with the trials that it paused. Those that a person holds, or has ended, are not its own any more.</summary>
    private List<ExperimentEvent> Released(bool idle, DateTimeOffset now)
    {
        var events = new List<ExperimentEvent>();
        if (_paused.Count == 0) return events;
        var number = _trials.Count;
        foreach (var action in _scheduler.Release(idle))
        {
            switch (action)
            {
                case SchedulerAction.Resume a when IsHeldByScheduler(a.TrialNumber):
                    events.Add(new TrialResumed(now, a.TrialNumber, Initiator.Scheduler, a.Reason));
                    break;
                case SchedulerAction.Stop a when IsHeldByScheduler(a.TrialNumber):
                    events.Add(new TrialEnded(now, a.TrialNumber, TrialStatus.Stopped, a.Reason));
                    break;
                case SchedulerAction.Fork a when Find(a.TrialNumber) is { } parent:
                    number++;
                    events.Add(new TrialForked(now, number, a.TrialNumber, parent.Epoch, a.Parameters, SeedOf(number), Initiator.Scheduler, a.Reason));
                    break;
            }
        }
        return events;
    }

    private bool IsHeldByScheduler(int number) => Find(number) is { PausedBy: Initiator.Scheduler };

    private static ExperimentEvent[] Paused(Trial trial, Initiator by, string reason, DateTimeOffset now)
    {
        var paused = new TrialPaused(now, trial.Id.Number, by, reason);
        return trial.Status == TrialStatus.Running ? [Broken(trial, reason, now), paused] : [paused];
    }

    private static AttemptEnded Broken(Trial trial, string reason, DateTimeOffset now) => new(now, trial.Id.Number, trial.Attempt, AttemptOutcome.Stopped, reason);

    private long SeedOf(int number) => SplitMix64.DeriveSeed(Spec.Seed, number);

    private Trial? FindRunning(int number, int attempt) =>
        Find(number) is { Status: TrialStatus.Running } trial && trial.Attempt == attempt ? trial : null;

    private SchedulerReport SchedulerReport(TrialReported report) =>
        new(report.Trial, report.Epoch, report.Metrics.TryGetValue(Spec.Metric.Name, out var metric) ? metric : double.NaN);

    private IEnumerable<ExperimentEvent> Cancelled(string reason, DateTimeOffset now) =>
        _trials.Where(t => !t.IsTerminal).Select(t => new TrialEnded(now, t.Id.Number, TrialStatus.Cancelled, reason));

    private string? SpentBudget(DateTimeOffset now)
    {
        if (Spec.Budget.WallTime is { } wall && ActiveTime(now) >= wall) return $"The budget (wall_time {wall}) was spent.";
        if (Spec.Budget.DeviceHours is { } hours && DeviceTime(now).TotalHours >= hours) return $"The budget (device_hours {hours}) was spent.";
        if (Spec.Budget.Epochs is { } epochs && _epochs >= epochs) return $"The budget (epochs {epochs}) was spent.";
        return null;
    }
}
