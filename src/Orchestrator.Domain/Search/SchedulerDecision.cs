namespace Orchestrator.Domain.Search;

/// <summary>A trial scheduler's answer.</summary>
/// <param name="Stop">Whether the trial ends here.</param>
/// <param name="Reason">Why it stops, for people; null where it goes on.</param>
public readonly record struct SchedulerDecision(bool Stop, string? Reason)
{
    /// <summary>Train on.</summary>
    public static readonly SchedulerDecision Continue = new(false, null);

    /// <summary>End the trial here.</summary>
    public static SchedulerDecision StopBecause(string reason) => new(true, reason);
}
