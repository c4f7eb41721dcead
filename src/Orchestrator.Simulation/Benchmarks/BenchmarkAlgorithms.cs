using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Benchmarks;

/// <summary>The search algorithms by the names that sweep files give them.</summary>
public static class BenchmarkAlgorithms
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<SearchMethod>().Select(NameOf)];

    /// <summary>An algorithm's name, for instance <c>tpe</c>.</summary>
    public static string NameOf(SearchMethod method) => JsonNamingPolicy.SnakeCaseLower.ConvertName(method.ToString());

    /// <summary>Finds an algorithm by its name.</summary>
    /// <exception cref="OrchestratorException">There is none of that name.</exception>
    public static SearchMethod Find(string name)
    {
        foreach (var method in Enum.GetValues<SearchMethod>())
            if (string.Equals(NameOf(method), name.Replace('-', '_'), StringComparison.OrdinalIgnoreCase)) return method;
        throw new OrchestratorException("bench.algorithm", $"there is no algorithm '{name}'; there are: {string.Join(", ", Names)}");
    }
}
