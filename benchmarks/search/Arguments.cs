using System.Globalization;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Benchmarks;

namespace Orchestrator.Search.Benchmarks;

/// <summary>A command line: a benchmark's name, then <c>--name value</c> pairs.</summary>
/// <param name="Command">The benchmark.</param>
/// <param name="Values">The values by name.</param>
internal sealed record Arguments(string Command, IReadOnlyDictionary<string, string> Values)
{
    private static readonly string[] Known = ["folder", "algorithm", "trials", "seeds", "parallel", "function", "with", "scheduler", "budget-epochs", "workers"];

    /// <summary>Reads a command line; <c>--json</c> may be there, since the output is JSON anyway.</summary>
    public static Arguments Read(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments[i] == "--json") continue;
            var name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : "";
            if (!Known.Contains(name, StringComparer.Ordinal)) throw Fault($"'{arguments[i]}' is not an option; there are: {string.Join(", ", Known.Select(k => "--" + k))}.");
            if (++i == arguments.Count) throw Fault($"--{name} takes a value.");
            values[name] = arguments[i];
        }
        return new Arguments(arguments.Count > 0 ? arguments[0] : "", values);
    }

    public SearchMethod Algorithm => BenchmarkAlgorithms.Find(Values.GetValueOrDefault("algorithm", "auto"));

    public string? Text(string name) => Values.GetValueOrDefault(name);

    public string Text(string name, string otherwise) => Text(name) ?? otherwise;

    public int Number(string name, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : throw Fault($"--{name} takes a whole number from 1, not '{text}'.");
    }

    public static OrchestratorException Fault(string message) => new("bench.arguments", message);
}
