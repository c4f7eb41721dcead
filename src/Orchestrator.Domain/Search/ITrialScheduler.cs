namespace Orchestrator.Domain.Search;

/// <summary>
/// Decides at each report whether a trial goes on, and what becomes of those it paused. A state machine without I/O; replaying its observations
/// restores it.
/// </summary>
public interface ITrialScheduler
{
    /// <summary>What to do with a trial that reports this now. Does not change the state. Not asked at a trial's last epoch, where it ends by itself.</summary>
    SchedulerDecision Decide(SchedulerReport report);

    /// <summary>Takes note of a report that was accepted.</summary>
    void Observe(SchedulerReport report);

    /// <summary>Takes note of anything else that happened to a trial.</summary>
    void Observe(SearchObservation observation)
    {
    }

    /// <summary>Whether a point is worth another repeat. Does not change the state.</summary>
    /// <param name="trialNumber">The point's first trial.</param>
    bool WouldRepeat(int trialNumber) => true;

    /// <summary>
    /// What becomes now of trials that it paused; asked after every change. What it answers is done and then observed; until then it answers the same.
    /// Does not change the state.
    /// </summary>
    /// <param name="idle">Nothing runs, waits or will be proposed any more: trials that it leaves paused now will be ended.</param>
    IReadOnlyList<SchedulerAction> Release(bool idle) => [];
}
