using Orchestrator.Domain.Search;

namespace Orchestrator.TestKit.Search;

/// <summary>A scheduler that stops the trials a test says, and keeps what it was told.</summary>
/// <param name="stops">Whether a report ends its trial; null: none does.</param>
public sealed class ScriptedScheduler(Func<SchedulerReport, bool>? stops = null) : ITrialScheduler
{
    private readonly List<SchedulerReport> _observations = [];

    public IReadOnlyList<SchedulerReport> Observations => _observations;

    public SchedulerDecision Decide(SchedulerReport report) => stops?.Invoke(report) == true ? SchedulerDecision.StopBecause("The script says so.") : SchedulerDecision.Continue;

    public void Observe(SchedulerReport report) => _observations.Add(report);
}
