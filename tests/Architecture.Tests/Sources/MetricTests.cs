using System.Text.RegularExpressions;
using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Sources;

/// <summary>
/// Metric names as Prometheus wants them once exported: dots become underscores, the unit and <c>_total</c> are appended by the exporter,
/// so neither is in the name; base units; no ids as labels. prometheus.io/docs/practices/naming.
/// </summary>
public sealed partial class MetricTests
{
    private const string Begin = "<!-- metrics -->\n";
    private const string End = "<!-- end -->";
    private static readonly string[] Units = ["", "s", "By", "1"];

    private static readonly string[] UnboundedLabels = ["experiment", "trial", "attempt", "worker", "host", "path", "location", "message", "id", "step", "epoch", "rank"];

    [Fact]
    public void Instruments_AreFound() => Assert.NotEmpty(Instruments());

    [Fact]
    public void Instruments_Names_AreDottedBelowTheProductsName() => Assert.All(Instruments(), i => Assert.Matches(@"^orchestrator(\.[a-z][a-z0-9_]*)+$", i.Name));

    [Fact]
    public void Instruments_Names_DoNotRepeatUnitOrTotal() =>
        Assert.All(Instruments(), i => Assert.DoesNotMatch(@"(total|seconds|milliseconds|bytes|count)$", i.Name));

    [Fact]
    public void Instruments_Names_AreUnique() => Assert.Empty(Instruments().GroupBy(i => i.Name).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Instruments_Units_AreBaseUnits() => Assert.All(Instruments(), i => Assert.True(Units.Contains(i.Unit) || i.Unit.StartsWith('{'), $"{i.Name}: {i.Unit}"));

    [Fact]
    public void Instruments_Durations_AreHistogramsOfSeconds() =>
        Assert.All(Instruments().Where(i => i.Name.EndsWith("duration", StringComparison.Ordinal)), i => Assert.Equal(("Histogram", "s"), (i.Kind, i.Unit)));

    [Fact]
    public void Instruments_Labels_AreBounded() =>
        Assert.Empty(
            from path in Repository.ProductSources()
            where Creation().IsMatch(File.ReadAllText(path))
            from label in Label().Matches(File.ReadAllText(path))
            where UnboundedLabels.Contains(label.Groups["key"].Value)
            select $"{Repository.Relative(path)}: {label.Groups["key"].Value}");

    [Fact]
    public void Document_Metrics_IsThatOfTheCode()
    {
        var path = Path.Combine(Repository.Root, "docs/metrics.md");
        var text = File.ReadAllText(path);
        var expected = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + MetricsDocument.Table() + text[text.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_UPDATE_DOCS") == "1") File.WriteAllText(path, text = expected);

        Assert.True(expected == text, "docs/metrics.md does not show the metrics as they are; ORCHESTRATOR_UPDATE_DOCS=1 dotnet test tests/Architecture.Tests writes it.");
    }

    private static List<(string Kind, string Name, string Unit)> Instruments() =>
    [
        .. from path in Repository.ProductSources()
           from match in Creation().Matches(File.ReadAllText(path))
           select (match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["unit"].Value),
    ];

    [GeneratedRegex(@"\.Create(?:Observable)?(?<kind>Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(?<name>[^""]*)""(?:(?:,|.*?\bunit:)\s*""(?<unit>[^""]*)"")?")]
    private static partial Regex Creation();

    [GeneratedRegex(@"KeyValuePair<string, object\?>\(""(?<key>\w+)""")]
    private static partial Regex Label();
}
