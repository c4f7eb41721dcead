using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>Measures how good a model a sweep with early stopping finds within a budget of epochs.</summary>
public static class CurveBenchmark
{
    /// <summary>The schedulers there are, by name.</summary>
    public static IReadOnlyDictionary<string, EarlyTerminateSpec?> Schedulers { get; } = new Dictionary<string, EarlyTerminateSpec?>(StringComparer.Ordinal)
    {
        ["none"] = null,
        ["asha"] = new EarlyTerminateSpec.Asha(1, 3),
        ["asha3"] = new EarlyTerminateSpec.Asha(3, 3),
        ["asha9"] = new EarlyTerminateSpec.Asha(9, 3),
        ["asha-brackets"] = new EarlyTerminateSpec.Asha(1, 3, null, 3),
        ["promotion"] = new EarlyTerminateSpec.Promotion(1, 3),
        ["promotion3"] = new EarlyTerminateSpec.Promotion(3, 3),
        ["hyperband"] = new EarlyTerminateSpec.Hyperband(1),
        ["median"] = new EarlyTerminateSpec.Percentile(0.5, 3),
        ["forecast"] = new EarlyTerminateSpec.Forecast(),
        ["forecast4"] = new EarlyTerminateSpec.Forecast(0.25, MinResource: 4),
        ["percentile"] = new EarlyTerminateSpec.Percentile(0.25, 3),
    };

    /// <summary>Runs sweeps over a table.</summary>
    /// <param name="table">The curves.</param>
    /// <param name="method">The search algorithm.</param>
    /// <param name="scheduler">One of <see cref="Schedulers"/>.</param>
    /// <param name="budgetEpochs">Epochs that a sweep may spend.</param>
    /// <param name="workers">Trials that run at once.</param>
    /// <param name="seeds">Sweeps; sweep s has the seed s, from 0.</param>
    /// <exception cref="OrchestratorException">There is no such scheduler.</exception>
    public static CurveResult Run(CurveTable table, SearchMethod method, string scheduler, int budgetEpochs, int workers, int seeds)
    {
        var early = Find(scheduler, table.Epochs);
        var runs = new List<CurveRun>();
        for (var seed = 0; seed < seeds; seed++)
        {
            var run = new CurveRun(table, new ExperimentSpec
            {
                Name = "bench",
                Task = "curves",
                Method = method,
                Metric = new MetricSpec("error", Goal.Minimize),
                Parameters = table.Parameters,
                EarlyTerminate = early,
                Budget = new BudgetSpec(Epochs: budgetEpochs),
                Seed = seed,
            });
            run.Run(workers);
            runs.Add(run);
        }
        // A sweep that trained nothing to its end has shown nothing: it counts as the median.
        double[] errors = [.. runs.Select(r => double.IsFinite(r.BestFinalError) ? r.BestFinalError : table.Median)];
        double[] regrets = [.. errors.Select(table.Regret)];
        return new CurveResult(table.Name, BenchmarkAlgorithms.NameOf(method), scheduler, budgetEpochs, workers, seeds, errors.Average(), regrets.Average(), regrets, runs.Average(r => r.Trials));
    }
    /// <summary>Finds a scheduler by its name.</summary>
    /// <param name="scheduler">One of <see cref="Schedulers"/>.</param>
    /// <param name="maxResource">The epochs of a whole training.</param>
    /// <exception cref="OrchestratorException">There is none of that name.</exception>
    public static EarlyTerminateSpec? Find(string scheduler, int maxResource) => Schedulers.TryGetValue(scheduler, out var early)
        ? early switch
        {
            EarlyTerminateSpec.Asha asha => asha with { MaxResource = maxResource },
            EarlyTerminateSpec.Promotion promotion => promotion with { MaxResource = maxResource },
            EarlyTerminateSpec.Hyperband hyperband => hyperband with { MaxResource = maxResource },
            _ => early,
        }
        : throw new OrchestratorException("bench.scheduler", $"there is no scheduler '{scheduler}'; there are: {string.Join(", ", Schedulers.Keys)}");
}
