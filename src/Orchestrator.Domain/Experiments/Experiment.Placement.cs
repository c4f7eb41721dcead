using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    private const int MaxExcludedHosts = 64;

    private readonly HashSet<string> _excludedHosts = new(StringComparer.Ordinal);

    /// <summary>Hosts that its trials must not run on, by the rules of <see cref="ExperimentSpec.OnFailure"/>; at most 64.</summary>
    public IReadOnlySet<string> ExcludedHosts => _excludedHosts;

    /// <summary>The pool needs the slots of an attempt for others: it ends at a checkpoint, and its trial waits. No events where it does not run.</summary>
    public IReadOnlyList<ExperimentEvent> Preempt(int trial, int attempt, string reason, DateTimeOffset now) =>
        FindRunning(trial, attempt) is null ? [] : [new AttemptEnded(now, trial, attempt, AttemptOutcome.Preempted, reason)];

    /// <summary>The pool says that no gang of this experiment can ever fit. It fails, unless a trial of it has run before: then the pool was bigger once.</summary>
    public IReadOnlyList<ExperimentEvent> Refuse(string reason, DateTimeOffset now) =>
        Status == ExperimentStatus.Running && _trials.Count == 0 ? [new ExperimentEnded(now, ExperimentStatus.Failed, reason)] : [];

    /// <summary>An attempt failed: the first rule of the sweep that fits says what is done, and where none does, it <see cref="EndAttempt">ends</see> as it says itself.</summary>
    /// <param name="ended">How it ended.</param>
    /// <param name="host">Where the rank ran that failed; null: unknown.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ExperimentEvent> FailAttempt(AttemptEnded ended, string? host, DateTimeOffset now)
    {
        if (FindRunning(ended.Trial, ended.Attempt) is null) return [];
        var rule = ended.Outcome is AttemptOutcome.Failed or AttemptOutcome.FailedForGood
            ? Spec.OnFailure?.FirstOrDefault(r => r.Fits(ended.Reason, ended.LogTail, ended.ExitCode))
            : null;
        return rule?.Action switch
        {
            FailureAction.Fail => EndAttempt(ended with { Outcome = AttemptOutcome.FailedForGood }, now),
            FailureAction.Retry => EndAttempt(ended with { Outcome = AttemptOutcome.Interrupted }, now),
            FailureAction.ExcludeNode when host is not null && _excludedHosts.Count < MaxExcludedHosts && !_excludedHosts.Contains(host) =>
                [new HostExcluded(now, host, ended.Trial, ended.Attempt, ended.Reason), .. EndAttempt(ended with { Outcome = AttemptOutcome.Interrupted }, now)],
            FailureAction.ExcludeNode => EndAttempt(ended with { Outcome = AttemptOutcome.Interrupted }, now),
            _ => EndAttempt(ended, now),
        };
    }
}
