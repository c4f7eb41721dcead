using Orchestrator.Kubernetes.Tests.Cluster;
using Orchestrator.Kubernetes.Tests.Support;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>The Helm chart on a real API server.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class InstallTests(ControlPlane cluster)
{
    private static readonly string[] Kinds =
    [
        "pods", "statefulsets", "deployments", "services", "configmaps", "secrets", "serviceaccounts", "persistentvolumeclaims", "roles", "rolebindings",
        "networkpolicies", "poddisruptionbudgets", "ingresses", "leases",
    ];

    [ControlPlaneFact]
    public async Task Template_EachValueFile_IsWhatTheServerTakes()
    {
        await cluster.Kubectl("create", "namespace", "validate");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ChartTests.Chart, "ci"), "*.yaml"))
        {
            // This server has no policy/v1: the chart is to see that.
            var yaml = await cluster.Helm("template", "orch", ChartTests.Chart, "-n", "validate", "-f", file, "--validate");
            await cluster.KubectlWith(yaml, "apply", "-n", "validate", "--dry-run=server", "--validate=true", "-f", "-");
        }
    }

    [ControlPlaneFact]
    public async Task Install_UpgradeRollbackUninstall_LeavesNothing()
    {
        await cluster.Kubectl("create", "namespace", "install");

        await cluster.Helm("install", "orch", ChartTests.Chart, "-n", "install", "-f", Values("gpu-pools"));
        Assert.Contains("statefulset.apps/orch", await Everything(), StringComparison.Ordinal);
        await cluster.Helm("upgrade", "orch", ChartTests.Chart, "-n", "install", "-f", Values("gpu-pools"), "--set", "redis.mode=bundled", "--set", "pools[0].max=16", "--set", "pools[0].name=a100", "--set", "pools[0].device=cuda");
        var password = await Secret();
        await cluster.Helm("upgrade", "orch", ChartTests.Chart, "-n", "install", "-f", Values("gpu-pools"), "--set", "redis.mode=bundled", "--set", "coordinator.podAnnotations.a=b");
        Assert.Equal(password, await Secret());
        await cluster.Helm("rollback", "orch", "1", "-n", "install");
        await Gone("orch-redis");
        await cluster.Helm("uninstall", "orch", "-n", "install", "--wait");
        await Gone("orch");
        Assert.DoesNotContain("install-orch", await cluster.Kubectl("get", "clusterroles,clusterrolebindings", "-o", "name"), StringComparison.Ordinal);

        Task<string> Secret() => cluster.Kubectl("get", "secret", "orch-redis", "-n", "install", "-o", "jsonpath={.data.password}");
    }

    /// <summary>Every verb on every resource that the server has: what the chart's roles say, and nothing else.</summary>
    [ControlPlaneFact]
    public async Task Roles_OfTheCoordinator_AreWhatItNeedsAndNothingElse()
    {
        await cluster.Kubectl("create", "namespace", "rights");
        await cluster.Helm("install", "orch", ChartTests.Chart, "-n", "rights", "-f", Values("gpu-pools"));
        const string Coordinator = "--as=system:serviceaccount:rights:orch";

        var mine = await Rights(Coordinator);
        var nobody = await Rights("--as=system:serviceaccount:rights:orch-worker");

        Assert.Equal(
            ["configmaps [] [orch-pools] [get]", "leases.coordination.k8s.io [] [] [create]", "leases.coordination.k8s.io [] [orch-pools] [get update]", "nodes [] [] [list watch]", "pods [] [] [list watch create delete]"],
            mine.Except(nobody).Order(StringComparer.Ordinal));
        foreach (var (verb, resource) in ((string, string)[])[("get", "secrets"), ("create", "pods --subresource=exec"), ("patch", "pods"), ("delete", "nodes"), ("update", "configmaps/orch-pools"), ("get", "configmaps/other"), ("create", "jobs"), ("list", "pods --all-namespaces")])
        {
            var (_, output, _) = await KubernetesTools.TryRun(
                KubernetesTools.Kubectl, ["--kubeconfig", cluster.KubeConfig, "auth", "can-i", verb, .. resource.Split(' '), Coordinator, .. (string[])(resource.EndsWith("-namespaces", StringComparison.Ordinal) ? [] : ["-n", "rights"])]);
            Assert.True(output.Trim() == "no", $"{verb} {resource}: {output}");
        }
        await cluster.Helm("uninstall", "orch", "-n", "rights");
    }

    private async Task<IReadOnlyList<string>> Rights(string who)
    {
        var table = await cluster.Kubectl("auth", "can-i", "--list", "--no-headers", who, "-n", "rights");
        return [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }

    private static string Values(string name) => Path.Combine(ChartTests.Chart, "ci", $"{name}-values.yaml");

    private async Task Gone(string part)
    {
        using var patience = new CancellationTokenSource(FakeApiServer.Patience);
        while (await Everything() is var left && left.Contains(part, StringComparison.Ordinal))
        {
            Assert.False(patience.IsCancellationRequested, $"left behind:\n{left}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    /// <summary>What is the release's, by name.</summary>
    private async Task<string> Everything()
    {
        var all = await cluster.Kubectl("get", string.Join(',', Kinds), "-n", "install", "-o", "name");
        return string.Join('\n', all.Split('\n').Where(name => name.Contains("orch", StringComparison.Ordinal)));
    }
}
