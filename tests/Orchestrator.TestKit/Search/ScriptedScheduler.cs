using Orchestrator.Domain.Search;

namespace Orchestrator.TestKit.Search;

/// <summary>A scheduler that stops and pauses the trials a test says, and keeps what it was told.</summary>
/// <param name="stops">Whether a report ends its trial; null: none does.</param>
/// <param name="pauses">Whether a report pauses its trial; null: none does.</param>
/// <param name="releases">What becomes of the trials that are paused, ascending, given whether nothing else is left to do; null: nothing.</param>
public sealed class ScriptedScheduler(
    Func<SchedulerReport, bool>? stops = null, Func<SchedulerReport, bool>? pauses = null, Func<IReadOnlyCollection<int>, bool, IReadOnlyList<SchedulerAction>>? releases = null) : ITrialScheduler
{
    private readonly List<SchedulerReport> _observations = [];
    private readonly List<SearchObservation> _changes = [];
    private readonly SortedSet<int> _paused = [];

    public IReadOnlyList<SchedulerReport> Observations => _observations;

    public IReadOnlyList<SearchObservation> Changes => _changes;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (stops?.Invoke(report) == true) return SchedulerDecision.StopBecause("The script says so.");
        return pauses?.Invoke(report) == true ? SchedulerDecision.PauseBecause("The script says so.") : SchedulerDecision.Continue;
    }

    public void Observe(SchedulerReport report) => _observations.Add(report);

    public void Observe(SearchObservation observation)
    {
        _changes.Add(observation);
        switch (observation)
        {
            case SearchObservation.Paused o: _paused.Add(o.TrialNumber); break;
            case SearchObservation.Resumed o: _paused.Remove(o.TrialNumber); break;
            case SearchObservation.Ended o: _paused.Remove(o.TrialNumber); break;
        }
    }

    public IReadOnlyList<SchedulerAction> Release(bool idle) => releases?.Invoke(_paused, idle) ?? [];
}
