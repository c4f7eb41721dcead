using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;

namespace Orchestrator.Simulation.Benchmarks.Tables;

/// <summary>Measures how fast a search algorithm finds the optimum of a table.</summary>
public static class TableBenchmark
{
    private static readonly int[] Marks = [25, 50, 100];

    /// <summary>Runs an algorithm over a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="method">The algorithm.</param>
    /// <param name="trials">Trials of each run, at least 1.</param>
    /// <param name="seeds">Runs; run s has the seed s, from 0.</param>
    /// <param name="parallel">Trials that run at once, all for the same time.</param>
    public static TableResult Run(ObjectiveTable table, SearchMethod method, int trials, int seeds, int parallel = 1)
    {
        var runs = Enumerable.Range(0, seeds).Select(seed => Regrets(table, Create(table, method, seed), trials, parallel)).ToList();
        var marks = Marks.Where(mark => mark <= trials).Append(trials).Distinct().ToList();
        return new TableResult(
            table.Name,
            BenchmarkAlgorithms.NameOf(method),
            trials,
            seeds,
            marks.ToDictionary(mark => mark.ToString(), mark => runs.Average(run => run[mark - 1]), StringComparer.Ordinal),
            [.. runs.Select(run => (IReadOnlyList<double>)[.. marks.Select(mark => run[mark - 1])])]);
    }

    private static ISearchAlgorithm Create(ObjectiveTable table, SearchMethod method, int seed) => SearchAlgorithms.Create(new ExperimentSpec
    {
        Name = "bench",
        Task = "table",
        Method = method,
        Metric = new MetricSpec("objective", Goal.Minimize),
        Parameters = table.Parameters,
        Seed = seed,
    });

    /// <summary>The regret of the best trial so far, after each trial that ended.</summary>
    private static double[] Regrets(ObjectiveTable table, ISearchAlgorithm search, int trials, int parallel)
    {
        var regrets = new double[trials];
        var running = new Queue<(int Trial, ParameterSet Parameters)>();
        var best = double.PositiveInfinity;
        var next = 1;
        for (var ended = 0; ended < trials; ended++)
        {
            while (next <= trials && running.Count < parallel && search.Propose(next) is { } parameters)
            {
                search.Observe(new SearchObservation.Proposed(next, parameters));
                running.Enqueue((next++, parameters));
            }
            if (running.TryDequeue(out var trial))
            {
                var objective = table.Objective(trial.Parameters);
                search.Observe(new SearchObservation.Ended(trial.Trial, objective));
                best = Math.Min(best, objective);
            }
            regrets[ended] = table.Regret(best);
        }
        return regrets;
    }
}
