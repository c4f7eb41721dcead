using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Search;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>Takes an event that the journal has. The first event went to the constructor.</summary>
    /// <exception cref="InvalidOperationException">The event can't follow the state: the journal is damaged.</exception>
    public void Apply(ExperimentEvent value)
    {
        switch (value)
        {
            case TrialProposed e: OnProposed(e); break;
            case AttemptStarted e: OnAttemptStarted(e); break;
            case TrialReported e: OnReported(e); break;
            case AttemptEnded e: OnAttemptEnded(e); break;
            case TrialEnded e: OnTrialEnded(e); break;
            case ExperimentStopped e: OnInactive(ExperimentStatus.Stopped, e.Reason, e.At); break;
            case ExperimentResumed e: OnResumed(e); break;
            case ExperimentEnded e: OnInactive(e.Status, e.Reason, e.At); break;
            default: throw new InvalidOperationException($"{Id}: event {Version + 1} ({value.GetType().Name}) can't follow: the journal is damaged.");
        }
        Version++;
    }

    private void OnProposed(TrialProposed e)
    {
        if (e.Trial != _trials.Count + 1) throw new InvalidOperationException($"{Id}: trial {e.Trial} was proposed after trial {_trials.Count}: the journal is damaged.");
        _trials.Add(new Trial(new TrialId(Id, e.Trial), e.Parameters, e.Seed));
        _waiting.Add(e.Trial);
        _search.Observe(new SearchObservation.Proposed(e.Trial, e.Parameters));
    }

    private void OnAttemptStarted(AttemptStarted e)
    {
        var trial = Existing(e.Trial);
        trial.Attempt = e.Attempt;
        trial.Workers = e.Workers;
        trial.Sequence = 0;
        trial.AttemptStartedAt = e.At;
        Move(trial, TrialStatus.Running);
    }

    private void OnReported(TrialReported e)
    {
        var trial = Existing(e.Trial);
        trial.Sequence = e.Sequence;
        if (e.Epoch <= trial.Epoch) return;
        trial.Epoch = e.Epoch;
        trial.Step = e.Step;
        trial.Metrics = e.Metrics;
        trial.InterruptionsWithoutProgress = 0;
        var report = SchedulerReport(e);
        _scheduler.Observe(report);
        _search.Observe(new SearchObservation.Reported(e.Trial, e.Epoch, report.Metric));
        if (double.IsNaN(report.Metric) || trial.BestMetric is { } best && !Spec.Metric.IsBetter(report.Metric, best)) return;
        trial.BestMetric = report.Metric;
        trial.BestEpoch = e.Epoch;
        if (Best is null || Spec.Metric.IsBetter(report.Metric, Best.BestMetric!.Value)) Best = trial;
    }

    private void OnAttemptEnded(AttemptEnded e)
    {
        var trial = Existing(e.Trial);
        ReleaseSlots(trial, e.At);
        trial.Reason = e.Reason;
        if (e.Outcome is AttemptOutcome.Failed or AttemptOutcome.FailedForGood) trial.Failures++;
        if (e.Outcome is AttemptOutcome.Interrupted) trial.InterruptionsWithoutProgress++;
        Move(trial, TrialStatus.Waiting);
    }

    private void OnTrialEnded(TrialEnded e)
    {
        var trial = Existing(e.Trial);
        ReleaseSlots(trial, e.At);
        trial.Reason = e.Reason;
        trial.EndedAt = e.At;
        Move(trial, e.Status);
        _search.Observe(new SearchObservation.Ended(e.Trial, trial.BestMetric));
    }

    private void OnResumed(ExperimentResumed e)
    {
        Status = ExperimentStatus.Running;
        Reason = null;
        EndedAt = null;
        _activeSince = e.At;
    }

    private void OnInactive(ExperimentStatus status, string reason, DateTimeOffset at)
    {
        _activeBefore = ActiveTime(at);
        Status = status;
        Reason = reason;
        EndedAt = at;
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

    private Trial Existing(int number) => Find(number) ?? throw new InvalidOperationException($"{Id}: an event names trial {number}, which was never proposed: the journal is damaged.");
}
