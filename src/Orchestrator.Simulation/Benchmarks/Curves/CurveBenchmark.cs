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
        if (!Schedulers.TryGetValue(scheduler, out var early))
            throw new OrchestratorException("bench.scheduler", $"there is no scheduler '{scheduler}'; there are: {string.Join(", ", Schedulers.Keys)}");
        early = early switch
        {
            EarlyTerminateSpec.Asha asha => asha with { MaxResource = table.Epochs },
            EarlyTerminateSpec.Promotion promotion => promotion with { MaxResource = table.Epochs },
            EarlyTerminateSpec.Hyperband hyperband => hyperband with { MaxResource = table.Epochs },
            _ => early,
        };
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
                Seed = seed,
            });
            run.Run(budgetEpochs, workers);
            runs.Add(run);
        }
        // A sweep that trained nothing to its end has shown nothing: it counts as the median.
        double[] errors = [.. runs.Select(r => double.IsFinite(r.BestFinalError) ? r.BestFinalError : table.Median)];
        double[] regrets = [.. errors.Select(table.Regret)];
        return new CurveResult(table.Name, BenchmarkAlgorithms.NameOf(method), scheduler, budgetEpochs, workers, seeds, errors.Average(), regrets.Average(), regrets, runs.Average(r => r.Trials));
    }
}
