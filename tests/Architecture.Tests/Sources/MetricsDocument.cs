using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Sources;

/// <summary>The table of docs/metrics.md, made from where the instruments are made.</summary>
internal static partial class MetricsDocument
{
    /// <summary>Each metric as Prometheus shows it, by name.</summary>
    public static string Table()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Repository.ProductSources())
        {
            foreach (Match match in Creation().Matches(File.ReadAllText(path)))
            {
                // What goes up and down is a gauge to Prometheus.
                var kind = match.Groups["kind"].Value == "UpDownCounter" ? "gauge" : match.Groups["kind"].Value.ToLowerInvariant();
                var host = path.Contains("/Orchestrator.Worker/", StringComparison.Ordinal) ? "worker" : "coordinator";
                rows[Exported(match.Groups["name"].Value, match.Groups["unit"].Value, kind)] = $"{kind} | {host} | {match.Groups["description"].Value}";
            }
        }
        var table = new StringBuilder("| metric | kind | of | what |\n|---|---|---|---|\n");
        foreach (var (name, rest) in rows) table.Append($"| `{name}` | {rest} |\n");
        return table.ToString();
    }

    private static string Exported(string name, string unit, string kind)
    {
        var exported = name.Replace('.', '_') + unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return kind == "counter" ? exported + "_total" : exported;
    }

    [GeneratedRegex(
        @"\.Create(?:Observable)?(?<kind>Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(?<name>[^""]*)""(?:,\s*(?:\(\) =>[^;""]*,\s*)?""(?<unit>[^""]*)"")?.*?""(?<description>[A-Z][^""]*)""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Creation();
}
