using Orchestrator.Search.Benchmarks.Synthetic;
using Orchestrator.Simulation.Benchmarks;
using Orchestrator.Simulation.Benchmarks.Curves;

namespace Orchestrator.Search.Benchmarks;

/// <summary>
/// The mean regret of trial schedulers over every table of curves of a folder, or over synthetic ones: <c>curves [--folder DIR] [--function NAME]
/// [--scheduler S,S,...] [--algorithm A] [--budget-epochs N] [--workers W] [--seeds K]</c>. The synthetic ones are what the constants are chosen on.
/// </summary>
internal static class CurvesBenchmark
{
    private const string Ending = ".curves.csv.gz";

    public static object Run(Arguments arguments)
    {
        var tables = (arguments.Text("folder") is { } folder ? Load(folder) : SyntheticCurves.All).Where(t => arguments.Text("function") is not { } name || t.Name.Contains(name, StringComparison.Ordinal)).ToList();
        if (tables.Count == 0) throw Arguments.Fault("there are no such curves.");
        return arguments.Text("scheduler", "asha").Split(',').Select(scheduler => Measure(arguments, tables, scheduler)).ToList();
    }

    private static object Measure(Arguments arguments, List<CurveTable> tables, string scheduler)
    {
        List<CurveResult> results =
        [
            .. tables.Select(t => CurveBenchmark.Run(t, arguments.Algorithm, scheduler, arguments.Number("budget-epochs", 1560), arguments.Number("workers", 4), arguments.Number("seeds", 8))),
        ];
        return new
        {
            algorithm = BenchmarkAlgorithms.NameOf(arguments.Algorithm),
            scheduler,
            seeds = results[0].Seeds,
            workers = results[0].Workers,
            regret = Math.Round(results.Average(r => r.Regret), 4),
            curves = results.ToDictionary(r => r.Table, r => Math.Round(r.Regret, 4), StringComparer.Ordinal),
        };
    }

    private static List<CurveTable> Load(string folder)
    {
        if (!Directory.Exists(folder)) throw Arguments.Fault($"there is no folder '{folder}'.");
        return [.. Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(CurveTable.Load)];
    }
}
