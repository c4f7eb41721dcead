using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>The Helm chart without a cluster.</summary>
public sealed partial class ChartTests
{
    internal static readonly string Chart = RepositoryRoot.At("helm/orchestrator");

    public static TheoryData<string> ValueFiles => [.. Directory.EnumerateFiles(Path.Combine(Chart, "ci"), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void ValueFiles_AreAtLeastSix() => Assert.InRange(ValueFiles.Count, 6, int.MaxValue);

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Lint_Strict_FindsNothing(string values) => await KubernetesTools.Run(KubernetesTools.Helm, ["lint", "--strict", Chart, "-f", Path.Combine(Chart, "ci", values)]);

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Template_EachPod_IsRestricted(string values)
    {
        var pods = Pods(await Render(values)).ToList();

        Assert.NotEmpty(pods);
        foreach (var pod in pods)
        {
            Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
            Assert.Equal("RuntimeDefault", (string?)pod["securityContext"]!["seccompProfile"]!["type"]);
            foreach (var container in pod["containers"]!.AsArray())
            {
                var security = container!["securityContext"]!;
                Assert.Equal((false, true, "ALL"), ((bool)security["allowPrivilegeEscalation"]!, (bool)security["readOnlyRootFilesystem"]!, (string?)security["capabilities"]!["drop"]![0]));
                Assert.NotNull(container["resources"]);
            }
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Template_PoolsFile_IsReadByTheCoordinator(string values)
    {
        foreach (var map in (await Render(values)).Where(o => (string?)o["kind"] == "ConfigMap" && o["data"]?["pools.yaml"] is not null))
        {
            var (spec, faults) = PoolsFile.Parse(YamlJson.Parse((string)map["data"]!["pools.yaml"]!));
            Assert.Empty(faults);
            Assert.Equal((string?)map["metadata"]!["name"], spec!.Owner);
        }
    }

    [HelmTheory]
    [InlineData("pool=1", "additional properties 'pool'")]
    [InlineData("pools[0].name=a,pools[0].device=tpu,pools[0].max=1", "/pools/0/device")]
    [InlineData("coordinator.replicas=2", "needs coordinator.build: upstream")]
    [InlineData("redis.mode=external", "redis.existingSecret is needed")]
    [InlineData("nameOverride=Bad_Name", "must be 1 to 40")]
    public async Task Template_BadValues_SaysWhat(string set, string what)
    {
        var (code, _, error) = await KubernetesTools.TryRun(KubernetesTools.Helm, ["template", "orch", Chart, "--set", set]);

        Assert.NotEqual(0, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_Table_IsThatOfTheComments()
    {
        var (table, undocumented) = ValuesTable.Of(await File.ReadAllTextAsync(Path.Combine(Chart, "values.yaml")));
        Assert.Empty(undocumented);
        var path = Path.Combine(Chart, "README.md");
        var readme = await File.ReadAllTextAsync(path);
        var expected = Table().Replace(readme, m => m.Groups["begin"].Value + table + m.Groups["end"].Value);
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_UPDATE_DOCS") == "1") await File.WriteAllTextAsync(path, readme = expected);

        Assert.True(expected == readme, $"helm/orchestrator/README.md does not show the values as they are; ORCHESTRATOR_UPDATE_DOCS=1 dotnet test writes it:\n{table}");
    }

    private static async Task<IReadOnlyList<JsonNode>> Render(string values)
    {
        var yaml = await KubernetesTools.Run(
            KubernetesTools.Helm,
            ["template", "orch", Chart, "-f", Path.Combine(Chart, "ci", values), "--api-versions", "monitoring.coreos.com/v1/ServiceMonitor,monitoring.coreos.com/v1/PrometheusRule,gateway.networking.k8s.io/v1/HTTPRoute"]);
        return [.. Regex.Split(yaml, @"^---\s*$", RegexOptions.Multiline, TimeSpan.FromSeconds(10)).Select(YamlJson.Parse).OfType<JsonNode>()];
    }

    private static IEnumerable<JsonNode> Pods(IReadOnlyList<JsonNode> objects)
    {
        foreach (var item in objects)
        {
            if ((string?)item["kind"] == "Pod") yield return item["spec"]!;
            if (item["spec"]?["template"]?["spec"] is { } template) yield return template;
            if (item["data"]?["pools.yaml"] is not { } pools) continue;
            foreach (var pool in YamlJson.Parse((string)pools!)!["pools"]!.AsArray()) yield return pool!["template"]!["spec"]!;
        }
    }

    [GeneratedRegex(@"(?<begin><!-- values -->\n)[\s\S]*?(?<end><!-- end -->)", RegexOptions.ExplicitCapture)]
    private static partial Regex Table();
}
