namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>
    /// The process group of an attempt is broken. Where its trial goes on with fewer ranks and enough are left, those form the next generation, in the
    /// order that they had; else the attempt is interrupted. See docs/adr/0020-elastic-ranks.md.
    /// </summary>
    /// <param name="number">The trial.</param>
    /// <param name="attempt">The attempt; no events where it does not run.</param>
    /// <param name="lost">Workers that take part no more; none where only their connections were lost.</param>
    /// <param name="reason">Why, for people, where it is interrupted.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ExperimentEvent> Regroup(int number, int attempt, IReadOnlyCollection<string> lost, string reason, DateTimeOffset now)
    {
        if (FindRunning(number, attempt) is not { } trial) return [];
        List<string> left = [.. trial.Workers.Where(worker => !lost.Contains(worker, StringComparer.Ordinal))];
        var isFutile = left.Count == trial.Workers.Count && trial.InterruptionsWithoutProgress + 1 >= _retries.MaxInterruptionsWithoutProgress;
        return Spec.Resources.MinWorldSize is { } least && left.Count >= least && !isFutile
            ? [new AttemptRegrouped(now, number, attempt, trial.Generation + 1, left, [.. trial.Workers.Except(left, StringComparer.Ordinal)])]
            : EndAttempt(new AttemptEnded(now, number, attempt, AttemptOutcome.Interrupted, reason), now);
    }
}
