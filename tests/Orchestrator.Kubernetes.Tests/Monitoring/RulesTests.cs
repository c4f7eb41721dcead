using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Monitoring;

/// <summary>The chart's recording and alerting rules, by Prometheus' own tool.</summary>
public sealed class RulesTests : IDisposable
{
    private const string Promtool = "/usr/bin/promtool";
    private static readonly string Rules = RepositoryRoot.At("helm/orchestrator/files/rules.yaml");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rules_Promtool_FindsNoFault() => await KubernetesTools.Run(Promtool, ["check", "rules", "--lint=all", "--lint-fatal", Rules]);

    [Fact]
    public async Task Rules_OverMadeUpSeries_FireWhenTheyShould()
    {
        var tests = (await File.ReadAllTextAsync(RepositoryRoot.At("tests/Orchestrator.Kubernetes.Tests/Monitoring/rules.test.yaml"))).Replace("RULES", Rules, StringComparison.Ordinal);

        await KubernetesTools.Run(Promtool, ["test", "rules", _folder.Write("test.yaml", tests)]);
    }

    [Fact]
    public async Task Alerts_EachOne_IsTested()
    {
        var tests = await File.ReadAllTextAsync(RepositoryRoot.At("tests/Orchestrator.Kubernetes.Tests/Monitoring/rules.test.yaml"));

        foreach (var line in (await File.ReadAllLinesAsync(Rules)).Where(l => l.Contains("alert: ", StringComparison.Ordinal)))
            Assert.Contains($"alertname: {line.Split("alert: ")[1]}\n    exp_alerts", tests, StringComparison.Ordinal);
    }
}
