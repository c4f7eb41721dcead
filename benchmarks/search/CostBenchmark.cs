using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Benchmarks.Synthetic;
using Orchestrator.Simulation.Benchmarks;

namespace Orchestrator.Search.Benchmarks;

/// <summary>The processor time and memory of a proposal after so many finished trials, in six dimensions: <c>cost</c>.</summary>
internal static class CostBenchmark
{
    private static readonly (SearchMethod Method, int Trials)[] Cases =
    [
        (SearchMethod.Random, 10_000), (SearchMethod.Tpe, 1_000), (SearchMethod.Tpe, 10_000), (SearchMethod.Gp, 200), (SearchMethod.Evolution, 10_000),
        (SearchMethod.Auto, 10_000), (SearchMethod.Sobol, 10_000), (SearchMethod.CmaEs, 1_000), (SearchMethod.Nsga2, 1_000),
    ];

    public static object Run(Arguments arguments)
    {
        var function = SyntheticFunctions.All.First(f => f.Name == "hartmann6");
        var cases = Cases.Where(c => arguments.Text("algorithm") is null || c.Method == arguments.Algorithm).ToList();
        // Once without looking, so that what is timed is compiled as it is in a process that runs on.
        foreach (var method in cases.Select(c => c.Method).Distinct().Where(m => m != SearchMethod.Gp)) Measure(function, method, 1_000);
        return cases.Select(c => Measure(function, c.Method, c.Trials)).ToList();
    }

    private static object Measure(SyntheticFunction function, SearchMethod method, int trials)
    {
        const int Proposals = 101;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var search = SearchAlgorithms.Create(SyntheticBenchmark.Spec(function, method, 1));
        var points = SearchAlgorithms.Create(SyntheticBenchmark.Spec(function, SearchMethod.Random, 2));
        for (var trial = 1; trial <= trials; trial++) Tell(search, trial, points.Propose(trial)!, function);
        var times = new List<double>();
        for (var trial = trials + 1; trial <= trials + Proposals; trial++)
        {
            // Processor time: what else the machine does must not count.
            var started = Environment.CpuUsage.TotalTime;
            var point = search.Propose(trial)!;
            times.Add((Environment.CpuUsage.TotalTime - started).TotalMilliseconds);
            Tell(search, trial, point, function);
        }
        times.Sort();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)trials;
        GC.KeepAlive(search);
        return new { algorithm = BenchmarkAlgorithms.NameOf(method), finished = trials, median_ms = Math.Round(times[Proposals / 2], 4), p90_ms = Math.Round(times[Proposals * 9 / 10], 4), bytes_per_trial = Math.Round(bytes) };
    }

    private static void Tell(ISearchAlgorithm search, int trial, ParameterSet point, SyntheticFunction function)
    {
        search.Observe(new SearchObservation.Proposed(trial, point));
        search.Observe(new SearchObservation.Ended(trial, function.Value(point)));
    }
}
