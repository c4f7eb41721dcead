namespace Orchestrator.Domain.Search;

/// <summary>A trial scheduler's answer.</summary>
/// <param name="Verdict">What becomes of the trial.</param>
/// <param name="Reason">Why it stops or pauses, for people; null where it goes on.</param>
public readonly record struct SchedulerDecision(SchedulerVerdict Verdict, string? Reason)
{
    /// <summary>Train on.</summary>
    public static readonly SchedulerDecision Continue = new(SchedulerVerdict.Continue, null);

    /// <summary>Whether the trial ends here.</summary>
    public bool Stop => Verdict == SchedulerVerdict.Stop;

    /// <summary>Whether the trial pauses here.</summary>
    public bool Pause => Verdict == SchedulerVerdict.Pause;

    /// <summary>End the trial here.</summary>
    public static SchedulerDecision StopBecause(string reason) => new(SchedulerVerdict.Stop, reason);

    /// <summary>Pause the trial here.</summary>
    public static SchedulerDecision PauseBecause(string reason) => new(SchedulerVerdict.Pause, reason);
}
