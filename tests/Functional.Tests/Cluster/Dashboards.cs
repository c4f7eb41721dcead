using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>The chart's Grafana dashboards.</summary>
internal static class Dashboards
{
    /// <summary>Every query of every panel, with where it is.</summary>
    public static IEnumerable<(string Panel, string Query)> Queries() =>
        from file in Directory.EnumerateFiles(RepositoryRoot.At("helm/orchestrator/files/dashboards"), "*.json").Order(StringComparer.Ordinal)
        from panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray()
        from target in panel!["targets"]?.AsArray() ?? []
        select ($"{Path.GetFileName(file)}, {panel["title"]}", (string)target!["expr"]!);

    /// <summary>The queries that show nothing.</summary>
    public static async Task<IReadOnlyList<string>> Empty(PrometheusServer prometheus)
    {
        var empty = new List<string>();
        foreach (var (panel, query) in Queries())
        {
            if (await prometheus.Series(query) == 0) empty.Add($"{panel}: {query}");
        }
        return empty;
    }
}
