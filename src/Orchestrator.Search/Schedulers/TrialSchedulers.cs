using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>Makes the trial scheduler that a spec asks for.</summary>
public static class TrialSchedulers
{
    /// <summary>A new trial scheduler in its first state; the reports it observed, replayed, bring it to where it was.</summary>
    public static ITrialScheduler Create(ExperimentSpec spec) => spec.EarlyTerminate switch
    {
        null => NoEarlyTermination.Instance,
        EarlyTerminateSpec.Asha asha => new AshaScheduler(asha, spec.Metric),
        EarlyTerminateSpec.Percentile percentile => new PercentileScheduler(percentile, spec.Metric),
        EarlyTerminateSpec.Patience patience => new PatienceScheduler(patience, spec.Metric),
        var other => throw new OrchestratorException("search.unknown_scheduler", $"There is no trial scheduler '{other.GetType().Name}'."),
    };
}
