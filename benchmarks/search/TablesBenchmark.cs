using Orchestrator.Simulation.Benchmarks;
using Orchestrator.Simulation.Benchmarks.Tables;

namespace Orchestrator.Search.Benchmarks;

/// <summary>The mean regret of an algorithm over every table of a folder: <c>tables --folder DIR [--algorithm A] [--trials N] [--seeds K] [--parallel P]</c>.</summary>
internal static class TablesBenchmark
{
    public static object Run(Arguments arguments)
    {
        var folder = arguments.Text("folder") ?? throw Arguments.Fault("tables takes --folder DIR, a folder with NAME.csv.gz and NAME.space.json files.");
        if (!Directory.Exists(folder)) throw Arguments.Fault($"there is no folder '{folder}'.");
        List<string> files = [.. Directory.GetFiles(folder, "*.csv.gz").Where(f => !f.EndsWith(".curves.csv.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (files.Count == 0) throw Arguments.Fault($"'{folder}' has no NAME.csv.gz.");
        List<TableResult> results =
        [
            .. files.Select(file => TableBenchmark.Run(ObjectiveTable.Load(file), arguments.Algorithm, arguments.Number("trials", 100), arguments.Number("seeds", 20), arguments.Number("parallel", 1))),
        ];
        return new
        {
            algorithm = BenchmarkAlgorithms.NameOf(arguments.Algorithm),
            seeds = results[0].Seeds,
            parallel = arguments.Number("parallel", 1),
            regret = results[0].Regret.Keys.ToDictionary(mark => mark, mark => Math.Round(results.Average(r => r.Regret[mark]), 4), StringComparer.Ordinal),
            tables = results.ToDictionary(r => r.Table, r => r.Regret.Values.Select(v => Math.Round(v, 4)), StringComparer.Ordinal),
        };
    }
}
