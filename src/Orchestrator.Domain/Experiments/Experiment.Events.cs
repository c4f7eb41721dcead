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
            case AttemptStarted e: OnAttemptStarted(e); break;
            case TrialReported e: OnReported(e); break;
            case AttemptEnded e: OnAttemptEnded(e); break;
            case TrialEnded e: OnTrialEnded(e); break;
            case ExperimentStopped e: OnStopped(e); break;
            case ExperimentResumed e: OnResumed(e); break;
            case ExperimentEnded e: OnEnded(e); break;
            default: throw Damaged(value);
        }
        Version++;
    }

    private void OnProposed(TrialProposed e)
    {
        Require(Status == ExperimentStatus.Running && e.Trial == _trials.Count + 1, e);
        _trials.Add(new Trial(new TrialId(Id, e.Trial), e.Parameters.WithNames(_names.Share), e.Seed));
        _waiting.Add(e.Trial);
        Tell(new SearchObservation.Proposed(e.Trial, e.Parameters));
    }

    private void OnAttemptStarted(AttemptStarted e)
    {
        var trial = Find(e.Trial);
        Require(Status == ExperimentStatus.Running && trial is { Status: TrialStatus.Waiting } && e.Attempt == trial.Attempt + 1, e);
        trial.Attempt = e.Attempt;
        trial.Workers = _names.Share(e.Workers);
        trial.Sequence = 0;
        trial.AttemptStartedAt = e.At;
        Move(trial, TrialStatus.Running);
    }

    private void OnReported(TrialReported e)
    {
        var trial = FindRunning(e.Trial, e.Attempt);
        Require(trial is not null && e.Sequence > trial.Sequence, e);
        trial.Sequence = e.Sequence;
        if (e.Epoch <= trial.Epoch) return; // trained again from a checkpoint: known already
        trial.Epoch = e.Epoch;
        trial.Step = e.Step;
        trial.Metrics = _metrics = TrialMetrics.Copy(e.Metrics, _metrics);
        trial.InterruptionsWithoutProgress = 0;
        var report = SchedulerReport(e);
        _scheduler.Observe(report);
        Tell(new SearchObservation.Reported(e.Trial, e.Epoch, report.Metric));
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
        Require(trial is { IsTerminal: false } && e.Status is not (TrialStatus.Waiting or TrialStatus.Running), e);
        ReleaseSlots(trial, e.At);
        trial.Reason = e.Reason;
        trial.EndedAt = e.At;
        Move(trial, e.Status);
        Tell(new SearchObservation.Ended(e.Trial, trial.BestMetric, e.Status == TrialStatus.Stopped ? trial.Epoch : null));
    }

    private void OnStopped(ExperimentStopped e)
    {
        Require(Status == ExperimentStatus.Running && _running.Count == 0, e);
        BecomeInactive(ExperimentStatus.Stopped, e.Reason, e.At);
    }

    private void OnResumed(ExperimentResumed e)
    {
        Require(Status == ExperimentStatus.Stopped, e);
        Status = ExperimentStatus.Running;
        Reason = null;
        EndedAt = null;
        _activeSince = e.At;
    }

    private void OnEnded(ExperimentEnded e)
    {
        Require(Status == ExperimentStatus.Running && _running.Count + _waiting.Count == 0 && e.Status is ExperimentStatus.Completed or ExperimentStatus.Failed, e);
        BecomeInactive(e.Status, e.Reason, e.At);
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
        if (Best is null || Spec.Metric.IsBetter(report.Metric, Best.BestMetric!.Value)) Best = trial;
    }

    private void Tell(SearchObservation observation)
    {
        _search.Observe(observation);
        _proposal = null;
    }

    private void ReleaseSlots(Trial trial, DateTimeOffset at)
    {
        if (trial.Status != TrialStatus.Running) return;
        _deviceTime += SlotTime(trial, at);
        trial.AttemptStartedAt = null;
    }

    private void Move(Trial trial, TrialStatus status)
    {
        _waiting.Remove(trial.Id.Number);
        _running.Remove(trial.Id.Number);
        trial.Status = status;
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
