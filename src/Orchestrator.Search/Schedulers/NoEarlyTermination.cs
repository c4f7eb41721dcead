using Orchestrator.Domain.Search;

namespace Orchestrator.Search.Schedulers;

/// <summary>Every trial runs to its end.</summary>
internal sealed class NoEarlyTermination : ITrialScheduler
{
    public static readonly NoEarlyTermination Instance = new();

    public SchedulerDecision Decide(SchedulerReport report) => SchedulerDecision.Continue;

    public void Observe(SchedulerReport report)
    {
    }
}
