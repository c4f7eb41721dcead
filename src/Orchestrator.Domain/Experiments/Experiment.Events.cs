using System.Diagnostics.CodeAnalysis;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Search;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>Takes an event that the journal has. The first event went to the constructor.</summary>
    /// <exception cref="InvalidOperationException">The event can't follow the state: the journal is damaged. Nothing has changed.</exception>
    public void Apply(ExperimentEvent value)
    {
        switch (value)
        {
            case TrialProposed e: OnProposed(e); break;
            case TrialForked e: OnForked(e); break;
            case TrialPaused e: OnPaused(e); break;
            case TrialResumed e: OnTrialResumed(e); break;
            case TrialExtended e: OnExtended(e); break;
            case AttemptStarted e: OnAttemptStarted(e); break;
            case TrialReported e: OnReported(e); break;
            case AttemptRegrouped e: OnRegrouped(e); break;
            case AttemptEnded e: OnAttemptEnded(e); break;
            case TrialEnded e: OnTrialEnded(e); break;
            case ExperimentStopped e: OnStopped(e); break;
            case ExperimentResumed e: OnResumed(e); break;
            case ExperimentEnded e: OnEnded(e); break;
            case ExperimentDeleted e: OnDeleted(e); break;
            case HostExcluded e: _excludedHosts.Add(e.Host); break;
            default: throw Damaged(value);
        }
        Version++;
    }

    private void OnProposed(TrialProposed e)
    {
        Require(Status == ExperimentStatus.Running && e.Trial == _trials.Count + 1 && (e.RepeatOf is null || Spec.Seeds > 1 && Find(e.RepeatOf.Value)?.Point is not null), e);
        _trials.Add(new Trial(new TrialId(Id, e.Trial), e.Parameters.WithNames(_names.Share), e.Seed));
        _waiting.Add(e.Trial);
        _proposed++;
        var repeat = Spec.Seeds > 1 ? BeginRepeat(e) : 1;
        if (e.RepeatOf is null) _points++;
        Tell(_trials[^1], new SearchObservation.Proposed(e.Trial, _trials[^1].Parameters, RepeatOf: e.RepeatOf, Repeat: repeat));
    }

    /// <summary>Counts a trial among the repeats of its point; its place there.</summary>
    private int BeginRepeat(TrialProposed e)
    {
        if (e.RepeatOf is null)
        {
            if (_newest is { IsClosed: false } before) Close(before);
            _newest = new RepeatedPoint(e.Trial, _trials[^1].Parameters);
        }
        var point = _trials[^1].Point = e.RepeatOf is { } first ? _trials[first - 1].Point! : _newest!;
        point.Begin();
        if (point.Count >= Spec.Seeds) point.IsClosed = true;
        return point.Count;
    }

    private void Close(RepeatedPoint point)
    {
        point.IsClosed = true;
        if (point.IsOver) TellPoint(point);
    }

    /// <summary>The search learns the mean of a point's repeats, once, when it is known; with it the best point is chosen.</summary>
    private void TellPoint(RepeatedPoint point)
    {
        _search.Observe(new SearchObservation.Ended(point.First, point.Mean, point.StoppedAt));
        _proposal = null;
        if (point.StoppedAt is not null || point.Mean is not { } mean || _bestMean is { } best && !Spec.Metric.IsBetter(mean, best)) return;
        _bestMean = mean;
        Best = _trials.Where(t => t.Point == point && t.BestMetric is not null).Aggregate((left, right) => Spec.Metric.IsBetter(right.BestMetric!.Value, left.BestMetric!.Value) ? right : left);
    }

    private void OnForked(TrialForked e)
    {
        Require(!IsTerminal && e.Trial == _trials.Count + 1 && Find(e.Parent) is not null && e.ParentEpoch >= 0, e);
        _trials.Add(new Trial(new TrialId(Id, e.Trial), e.Parameters.WithNames(_names.Share), e.Seed, e.Parent, e.ParentEpoch));
        if (!_forks.TryGetValue(e.Parent, out var forks)) _forks.Add(e.Parent, forks = []);
        forks.Add(e.Trial);
        _waiting.Add(e.Trial);
        Tell(_trials[^1], new SearchObservation.Proposed(e.Trial, _trials[^1].Parameters, e.Parent));
    }

    private void OnPaused(TrialPaused e)
    {
        var trial = Find(e.Trial);
        Require(!IsTerminal && trial is { Status: TrialStatus.Waiting or TrialStatus.Paused }, e);
        trial.PausedBy = e.By;
        trial.Reason = e.Reason;
        Move(trial, TrialStatus.Paused);
        if (e.By == Initiator.Scheduler) Tell(trial, new SearchObservation.Paused(e.Trial, trial.BestMetric, trial.Epoch));
    }

    private void OnTrialResumed(TrialResumed e)
    {
        var trial = Find(e.Trial);
        Require(!IsTerminal && trial is { Status: not (TrialStatus.Waiting or TrialStatus.Running or TrialStatus.Completed) }, e);
        GoOn(trial);
    }

    private void OnExtended(TrialExtended e)
    {
        var trial = Find(e.Trial);
        Require(!IsTerminal && trial is not null && trial.Status != TrialStatus.Running && e.Epochs > trial.Epoch, e);
        trial.Epochs = e.Epochs;
        if (trial.IsTerminal) GoOn(trial);
    }

    private void GoOn(Trial trial)
    {
        if (trial.Status == TrialStatus.Failed) _failed--;
        trial.Failures = 0;
        trial.InterruptionsWithoutProgress = 0;
        trial.EndedAt = null;
        trial.Reason = null;
        Move(trial, TrialStatus.Waiting);
        Tell(trial, new SearchObservation.Resumed(trial.Id.Number));
    }

    private void OnAttemptStarted(AttemptStarted e)
    {
        var trial = Find(e.Trial);
        Require(Status == ExperimentStatus.Running && trial is { Status: TrialStatus.Waiting } && e.Attempt == trial.Attempt + 1, e);
        trial.Attempt = e.Attempt;
        trial.Workers = _names.Share(e.Workers);
        trial.Sequence = 0;
        trial.Generation = 1;
        trial.AttemptStartedAt = e.At;
        Move(trial, TrialStatus.Running);
    }

    private void OnRegrouped(AttemptRegrouped e)
    {
        var trial = FindRunning(e.Trial, e.Attempt);
        Require(trial is not null && e.Generation == trial.Generation + 1 && e.Workers.Count > 0 && e.Workers.All(trial.Workers.Contains), e);
        trial.Generation = e.Generation;
        if (trial.AttemptStartedAt is { } start) _deviceTimes.Add(start, e.At, trial.Workers.Count - e.Workers.Count);
        if (e.Workers.Count == trial.Workers.Count) trial.InterruptionsWithoutProgress++;
        if (e.Workers[0] != trial.Workers[0]) trial.Sequence = 0; // another worker reports from now on, and counts from 1
        trial.Workers = _names.Share(e.Workers);
    }

    private void OnReported(TrialReported e)
    {
        var trial = FindRunning(e.Trial, e.Attempt);
        Require(trial is not null && e.Sequence > trial.Sequence, e);
        trial.Sequence = e.Sequence;
        if (e.Findings is not null) trial.Findings = [.. trial.Findings.Concat(e.Findings).Distinct(StringComparer.Ordinal).Take(Trial.MaxFindings)];
        if (e.Epoch <= trial.Epoch) return; // trained again from a checkpoint: known already
        _epochs += e.Epoch - trial.Epoch;
        trial.Epoch = e.Epoch;
        trial.Step = e.Step;
        trial.Metrics = _metrics = TrialMetrics.Copy(e.Metrics, _metrics);
        trial.InterruptionsWithoutProgress = 0;
        var report = SchedulerReport(e);
        _scheduler.Observe(report);
        if (trial.Parent is null && IsFirst(trial)) _search.Observe(new SearchObservation.Reported(e.Trial, e.Epoch, report.Metric));
        _proposal = null;
        Rank(trial, report);
    }

    private void OnAttemptEnded(AttemptEnded e)
    {
        var trial = FindRunning(e.Trial, e.Attempt);
        Require(trial is not null, e);
        ReleaseSlots(trial, e.At);
        trial.Reason = e.Reason;
        if (e.Outcome is AttemptOutcome.Failed or AttemptOutcome.FailedForGood) trial.Failures++;
        if (e.Outcome is AttemptOutcome.Interrupted) trial.InterruptionsWithoutProgress++;
        Move(trial, TrialStatus.Waiting);
    }

    private void OnTrialEnded(TrialEnded e)
    {
        var trial = Find(e.Trial);
        Require(trial is { IsTerminal: false } && e.Status is not (TrialStatus.Waiting or TrialStatus.Running or TrialStatus.Paused), e);
        ReleaseSlots(trial, e.At);
        trial.Reason = e.Reason;
        trial.EndedAt = e.At;
        Move(trial, e.Status);
        int? stoppedAt = e.Status == TrialStatus.Stopped ? trial.Epoch : null;
        Tell(trial, new SearchObservation.Ended(e.Trial, trial.BestMetric, stoppedAt, trial.Metrics));
        if (trial.Point is not { } point) return;
        point.End(e.Trial, trial.BestMetric, stoppedAt);
        if (point.IsOver) TellPoint(point);
    }

    private void OnStopped(ExperimentStopped e)
    {
        Require(Status == ExperimentStatus.Running && _running.Count == 0, e);
        BecomeInactive(ExperimentStatus.Stopped, e.Reason, e.At);
    }

    private void OnResumed(ExperimentResumed e)
    {
        Require(Status is not (ExperimentStatus.Running or ExperimentStatus.Deleting), e); // a person who extends a trial wakes an experiment that had ended
        Status = ExperimentStatus.Running;
        Reason = null;
        EndedAt = null;
        _activeSince = e.At;
    }

    private void OnEnded(ExperimentEnded e)
    {
        Require(Status == ExperimentStatus.Running && _running.Count + _waiting.Count + _paused.Count == 0 && e.Status is ExperimentStatus.Completed or ExperimentStatus.Failed, e);
        BecomeInactive(e.Status, e.Reason, e.At);
    }

    private void OnDeleted(ExperimentDeleted e)
    {
        Require(Status is not (ExperimentStatus.Running or ExperimentStatus.Deleting), e);
        KeepsCheckpoints = e.KeepsCheckpoints;
        BecomeInactive(ExperimentStatus.Deleting, e.By.Length == 0 ? "It is being deleted." : $"'{e.By}' deletes it.", e.At);
    }

    private void BecomeInactive(ExperimentStatus status, string reason, DateTimeOffset at)
    {
        _activeBefore = ActiveTime(at);
        Status = status;
        Reason = reason;
        EndedAt = at;
    }

    private void Rank(Trial trial, SchedulerReport report)
    {
        if (double.IsNaN(report.Metric) || trial.BestMetric is { } own && !Spec.Metric.IsBetter(report.Metric, own)) return;
        trial.BestMetric = report.Metric;
        trial.BestEpoch = report.Resource;
        if (_bestMean is null && (Best is null || Spec.Metric.IsBetter(report.Metric, Best.BestMetric!.Value))) Best = trial;
    }

    /// <summary>The first trial of its point.</summary>
    private static bool IsFirst(Trial trial) => trial.Point is null || trial.Point.First == trial.Id.Number;

    /// <summary>
    /// The search learns nothing of forks: what they measure is not what their points give from the beginning. Of repeats it learns the mean, at the
    /// end of the last one.
    /// </summary>
    private void Tell(Trial trial, SearchObservation observation)
    {
        if (trial.Parent is null && (trial.Point is null || IsFirst(trial) && observation is SearchObservation.Proposed)) _search.Observe(observation);
        _scheduler.Observe(observation);
        _proposal = null;
    }

    private void ReleaseSlots(Trial trial, DateTimeOffset at)
    {
        if (trial.Status != TrialStatus.Running) return;
        AddAttempt(_deviceTimes, trial, at);
        trial.AttemptStartedAt = null;
    }

    private void Move(Trial trial, TrialStatus status)
    {
        _waiting.Remove(trial.Id.Number);
        _running.Remove(trial.Id.Number);
        _paused.Remove(trial.Id.Number);
        trial.Status = status;
        if (status == TrialStatus.Paused) _paused.Add(trial.Id.Number);
        else trial.PausedBy = null;
        if (status == TrialStatus.Waiting) _waiting.Add(trial.Id.Number);
        if (status == TrialStatus.Running) _running.Add(trial.Id.Number);
        if (status == TrialStatus.Failed) _failed++;
    }

    private void Require([DoesNotReturnIf(false)] bool possible, ExperimentEvent value)
    {
        if (!possible) throw Damaged(value);
    }

    private InvalidOperationException Damaged(ExperimentEvent value) =>
        new($"{Id}: event {Version + 1} ({value.GetType().Name}) can't follow what is before it: the journal is damaged. Restore it from a backup.");
}
