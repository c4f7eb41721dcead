using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Benchmarks.Synthetic;
using Orchestrator.Simulation.Benchmarks;

namespace Orchestrator.Search.Benchmarks;

/// <summary>
/// The mean normalised regret of an algorithm on functions whose best value is known: <c>synthetic [--algorithm A] [--function NAME] [--trials N]
/// [--seeds K] [--parallel P] [--with Constant=value,...]</c>. What the algorithms are tuned on.
/// </summary>
internal static class SyntheticBenchmark
{
    private static readonly int[] Marks = [25, 50, 100];

    public static object Run(Arguments arguments)
    {
        var (trials, seeds, parallel) = (arguments.Number("trials", 100), arguments.Number("seeds", 10), arguments.Number("parallel", 1));
        var functions = SyntheticFunctions.All.Where(f => arguments.Text("function") is not { } name || f.Name.Contains(name, StringComparison.Ordinal)).ToList();
        if (functions.Count == 0) throw Arguments.Fault($"there is no such function; there are: {string.Join(", ", SyntheticFunctions.All.Select(f => f.Name))}.");
        var marks = Marks.Where(m => m <= trials).ToArray();
        var results = functions.Select(f => Regrets(f, seed => OptionOverrides.Create(Spec(f, arguments.Algorithm, seed), arguments.Text("with")), marks, seeds, parallel)).ToList();
        return new
        {
            algorithm = BenchmarkAlgorithms.NameOf(arguments.Algorithm),
            seeds,
            parallel,
            regret = marks.Select((_, i) => Math.Round(results.Average(r => r[i]), 4)),
            functions = functions.Zip(results).ToDictionary(p => p.First.Name, p => p.Second.Select(v => Math.Round(v, 4))),
        };
    }

    /// <summary>The mean regret over seeds at each mark.</summary>
    public static double[] Regrets(SyntheticFunction function, Func<int, ISearchAlgorithm> create, int[] marks, int seeds, int parallel = 1)
    {
        var scale = FunctionScale.Of(function);
        var means = new double[marks.Length];
        for (var seed = 0; seed < seeds; seed++)
        {
            var best = BestSoFar(function, create(seed), marks[^1], parallel);
            for (var i = 0; i < marks.Length; i++) means[i] += scale.Regret(best[marks[i] - 1]) / seeds;
        }
        return means;
    }

    public static ExperimentSpec Spec(SyntheticFunction function, SearchMethod method, int seed) => new()
    {
        Name = "bench",
        Task = "function",
        Method = method,
        Metric = new MetricSpec("value", Goal.Minimize),
        Parameters = function.Parameters,
        Seed = seed,
    };

    private static double[] BestSoFar(SyntheticFunction function, ISearchAlgorithm search, int trials, int parallel)
    {
        var bests = new double[trials];
        var running = new Queue<(int Trial, double Value)>();
        var (best, next) = (double.PositiveInfinity, 1);
        for (var ended = 0; ended < trials; ended++)
        {
            while (next <= trials && running.Count < parallel && search.Propose(next) is { } point)
            {
                search.Observe(new SearchObservation.Proposed(next, point));
                running.Enqueue((next++, function.Value(point)));
            }
            if (running.TryDequeue(out var trial))
            {
                search.Observe(new SearchObservation.Ended(trial.Trial, trial.Value));
                best = Math.Min(best, trial.Value);
            }
            bests[ended] = best;
        }
        return bests;
    }
}
