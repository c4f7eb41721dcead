using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Kubernetes;
using Xunit.Abstractions;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>Warm pools on a real control plane, with everything that clusters do to them.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class KubernetesTests(ControlPlane cluster, ITestOutputHelper output)
{
    private const int Trials = 8;

    [ControlPlaneFact]
    public async Task Sweep_NodeDrainedPodEvictedServerRestarted_AllTrialsEndAndThePoolGoesToZeroAndBack()
    {
        await using var release = await Release.Install(
            cluster, "sweeps", nodes: 4, "pools: [{name: gpu, device: cpu, max: 8, idleSeconds: 5, nodeSelector: {space: sweeps}, resources: {limits: {nvidia.com/gpu: 1}}}]", output);
        await using var prometheus = await PrometheusServer.StartAsync();
        var kubelet = release.Kubelet;
        var experiment = await release.Submit("sweep", Trials, epochs: 12);
        await release.Until("4 workers train", async () => (await release.View(experiment))["trials"]!.AsArray().Count(t => (string?)t!["status"] == "running" && (int)t["epoch"]! >= 1) == 2);
        Assert.Equal(4, kubelet.Started);
        prometheus.Scrape([release.Coordinator.Http, .. kubelet.Addresses.Values]);

        await cluster.Kubectl("drain", "sweeps-1", "--ignore-daemonsets", "--force", "--delete-emptydir-data", "--pod-selector=app.kubernetes.io/component=worker", "--timeout=2m");
        release.Say("sweeps-1 is drained");
        await release.Until("the trial says why it waits", async () => (await release.View(experiment)).ToJsonString().Contains("nodes are available", StringComparison.Ordinal));
        await cluster.Kubectl("uncordon", "sweeps-1");
        await release.Until("the Pod on sweeps-1 is back", () => Task.FromResult(kubelet.Running.Count == 4));

        var victim = kubelet.Running.First(kubelet.Ready.ContainsKey);
        await cluster.KubectlWith(
            $$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{victim}}","namespace":"{{release.Space}}"} }""",
            "create", "--raw", $"/api/v1/namespaces/{release.Space}/pods/{victim}/eviction", "-f", "-");
        await release.Until($"{victim} is evicted", () => Task.FromResult(kubelet.Ended.ContainsKey(victim)));
        await cluster.RestartApiServer();
        release.Say("the API server was killed and started again");

        await release.Until("all trials are done", () => release.IsCompleted(experiment));
        var trials = (await release.View(experiment))["trials"]!.AsArray();
        Assert.Equal(Trials, trials.Count);
        Assert.All(trials, t => Assert.Equal("completed", (string?)t!["status"]));
        Assert.Contains(trials, t => (int)t!["attempt"]! > 1);
        Assert.Equal(0, kubelet.Ended[victim]);
        Assert.All(kubelet.Farewells, f => Assert.True(f < TimeSpan.FromSeconds(30), $"a worker took {f} to leave, more than its grace period"));

        await release.Until("the idle pool is empty", () => Task.FromResult(kubelet.Pods.Count == 0));
        Assert.All(kubelet.Ready.Values, Assert.True);
        await cluster.Helm("test", "orch", "-n", release.Space, "--timeout", "5m");
        release.Say("back from nothing: helm test has trained its sweep");

        Assert.Empty(await Dashboards.Empty(prometheus));

        await cluster.Helm("uninstall", "orch", "-n", release.Space, "--wait");
        await release.Until("uninstalling took every Pod", () => Task.FromResult(kubelet.Pods.Count == 0));
        release.Say($"{kubelet.Started} workers were started; leaving took {kubelet.Farewells.Max().TotalSeconds:0.0} s at most");
        var log = await release.Coordinator.KillAndReadErrorAsync();
        Assert.Contains("left in order.", log, StringComparison.Ordinal);
        Assert.DoesNotContain("was lost.", log, StringComparison.Ordinal);
    }
}
