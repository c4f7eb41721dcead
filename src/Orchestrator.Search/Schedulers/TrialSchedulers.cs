using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Models;
using Orchestrator.Search.Schedulers.Population;
using Orchestrator.Search.Schedulers.Repeats;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Schedulers;

/// <summary>Makes the trial scheduler that a spec asks for.</summary>
public static class TrialSchedulers
{
    /// <summary>A new trial scheduler in its first state; the reports it observed, replayed, bring it to where it was.</summary>
    public static ITrialScheduler Create(ExperimentSpec spec) => spec.EarlyTerminate switch
    {
        null => NoEarlyTermination.Instance,
        EarlyTerminateSpec.Asha asha => new AshaScheduler(asha, spec.Metric),
        EarlyTerminateSpec.Promotion promotion => new PromotionScheduler(promotion, spec.Metric),
        EarlyTerminateSpec.Hyperband hyperband => new HyperbandScheduler(hyperband, spec.Metric),
        EarlyTerminateSpec.Population population => CreatePopulation(spec, population),
        EarlyTerminateSpec.Wilcoxon wilcoxon => new WilcoxonScheduler(wilcoxon, spec.Metric, spec.Seeds ?? 1),
        EarlyTerminateSpec.Percentile percentile => new PercentileScheduler(percentile, spec.Metric),
        EarlyTerminateSpec.Patience patience => new PatienceScheduler(patience, spec.Metric),
        EarlyTerminateSpec.Forecast forecast => new ForecastScheduler(forecast, spec.Metric, new ModelSpace(new SearchSpace(spec.Parameters, spec.Constraints))),
        var other => throw new OrchestratorException("search.unknown_scheduler", $"There is no trial scheduler '{other.GetType().Name}'."),
    };

    private static PopulationScheduler CreatePopulation(ExperimentSpec spec, EarlyTerminateSpec.Population population)
    {
        var mutables = new Mutables(spec.Parameters, population.Mutate);
        IExplorer explorer = new Perturbation(mutables, population.Resample);
        if (population.Bandit) explorer = new BanditExplorer(mutables, explorer);
        return new PopulationScheduler(population, spec.Metric, spec.Budget.Trials ?? int.MaxValue, spec.Seed, explorer);
    }
}
