using Orchestrator.Kubernetes.Access;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>What can be said of <c>deploy/</c> without a container runtime.</summary>
public sealed class DeployTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";
    private static readonly string Deploy = RepositoryRoot.At("deploy");

    [Fact]
    public void Compose_EachFileThatIsMounted_IsThere()
    {
        var services = YamlJson.Parse(File.ReadAllText(Path.Combine(Deploy, "compose.yaml")))!["services"]!.AsObject();
        var mounted = services.SelectMany(s => s.Value!["volumes"]?.AsArray() ?? []).Select(v => ((string)v!).Split(':')[0]).Where(v => v.StartsWith('.')).ToList();

        Assert.NotEmpty(mounted);
        Assert.All(mounted, m => Assert.True(Path.Exists(Path.Combine(Deploy, m)), m));
    }

    [SkippableSystemdFact]
    public async Task Units_SystemdAnalyze_FindsNoFault()
    {
        var (code, output, error) = await KubernetesTools.TryRun(Analyze, ["verify", "--man=no", .. Directory.EnumerateFiles(Path.Combine(Deploy, "systemd"))]);

        Assert.Equal((0, ""), (code, (output + error).Trim()));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SkippableSystemdFactAttribute : FactAttribute
    {
        public SkippableSystemdFactAttribute() => Skip = File.Exists(Analyze) ? null! : "Needs systemd-analyze (Debian's package systemd).";
    }
}
