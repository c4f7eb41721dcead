using System.Globalization;
using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Benchmarks.Curves;
using Orchestrator.Search.Benchmarks.Tables;

namespace Orchestrator.Search.Benchmarks;

/// <summary>
/// The command line of the search benchmarks:
/// <c>--table FILE.csv.gz --algorithm A --trials N --seeds K [--parallel P]</c> or
/// <c>--curves FILE.curves.csv.gz --scheduler S --budget-epochs E --workers W --seeds K [--algorithm A]</c>; both print one JSON object.
/// </summary>
public static class SearchBenchmarkCommand
{
    private static readonly string[] Known = ["table", "curves", "algorithm", "scheduler", "trials", "seeds", "parallel", "budget-epochs", "workers", "json"];

    /// <summary>Runs a benchmark.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Takes the JSON object.</param>
    /// <exception cref="OrchestratorException">The command line or a file is faulty.</exception>
    public static void Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        var options = Read(arguments);
        if (options.TryGetValue("table", out var table))
        {
            var result = TableBenchmark.Run(ObjectiveTable.Load(table), Algorithm(options, SearchMethod.Auto), Number(options, "trials", 100), Number(options, "seeds", 20), Number(options, "parallel", 1));
            output.WriteLine(JsonSerializer.Serialize(result));
        }
        else if (options.TryGetValue("curves", out var curves))
        {
            var result = CurveBenchmark.Run(CurveTable.Load(curves), Algorithm(options, SearchMethod.Auto), options.GetValueOrDefault("scheduler", "asha"),
                Number(options, "budget-epochs", 1560), Number(options, "workers", 4), Number(options, "seeds", 20));
            output.WriteLine(JsonSerializer.Serialize(result));
        }
        else
        {
            throw Fault("give --table FILE.csv.gz or --curves FILE.curves.csv.gz.");
        }
    }

    private static Dictionary<string, string> Read(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : "";
            if (!Known.Contains(name, StringComparer.Ordinal)) throw Fault($"'{arguments[i]}' is not an option; there are: {string.Join(", ", Known.Select(k => "--" + k))}.");
            if (name == "json") continue;
            if (++i == arguments.Count) throw Fault($"--{name} takes a value.");
            options[name] = arguments[i];
        }
        return options;
    }

    private static SearchMethod Algorithm(Dictionary<string, string> options, SearchMethod otherwise)
    {
        if (!options.TryGetValue("algorithm", out var name)) return otherwise;
        return Enum.TryParse<SearchMethod>(name, ignoreCase: true, out var method) && Enum.IsDefined(method)
            ? method
            : throw Fault($"there is no algorithm '{name}'; there are: {string.Join(", ", Enum.GetNames<SearchMethod>()).ToLowerInvariant()}.");
    }

    private static int Number(Dictionary<string, string> options, string name, int otherwise)
    {
        if (!options.TryGetValue(name, out var text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : throw Fault($"--{name} takes a whole number from 1, not '{text}'.");
    }

    private static OrchestratorException Fault(string message) => new("bench.arguments", message);
}
