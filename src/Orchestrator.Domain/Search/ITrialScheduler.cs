namespace Orchestrator.Domain.Search;

/// <summary>
/// Decides at each report whether a trial goes on. A state machine without I/O; replaying its observations restores it.
/// </summary>
public interface ITrialScheduler
{
    /// <summary>What to do with a trial that reports this now. Does not change the state.</summary>
    SchedulerDecision Decide(SchedulerReport report);

    /// <summary>Takes note of a report that was accepted.</summary>
    void Observe(SchedulerReport report);
}
