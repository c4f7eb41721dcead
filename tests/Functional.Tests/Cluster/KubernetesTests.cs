using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;
using Xunit.Abstractions;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>
/// The whole of it on a real control plane: the chart installed, the coordinator a process with the chart's ServiceAccount and configuration, workers real processes
/// in Pods on four GPU nodes made by hand.
/// </summary>
public sealed class KubernetesTests(ControlPlane cluster, ITestOutputHelper output) : IClassFixture<ControlPlane>, IDisposable
{
    private const string Space = "sweeps";
    private const int Trials = 8;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().AddSingleton<KubernetesInstruments>().BuildServiceProvider();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    public void Dispose()
    {
        _metrics.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [ControlPlaneFact]
    public async Task Sweep_NodeDrainedPodEvictedServerRestarted_AllTrialsEndAndThePoolGoesToZeroAndBack()
    {
        await Install();
        await using var coordinator = await HostProcess.StartAsync(
            "coordinator", "--state", _folder.At("state"), "--port", "0", "--grpc-port", "0", "--kubernetes", await PoolsFile(), "--kubeconfig", await ServiceAccount());
        await using var kubelet = new TestKubelet(cluster.KubeConfig, Space, coordinator.Grpc, _metrics.GetRequiredService<KubernetesInstruments>());
        Say("coordinator is ready");

        var experiment = await Submit(coordinator, "sweep", Trials, epochs: 25);
        await Until("4 workers train", async () => (await View(coordinator, experiment))["trials"]!.AsArray().Count(t => (string?)t!["status"] == "running" && (int)t["epoch"]! >= 1) == 2);
        Assert.Equal(4, kubelet.Started);

        await cluster.Kubectl("drain", "gpu-1", "--ignore-daemonsets", "--force", "--delete-emptydir-data", "--pod-selector=app.kubernetes.io/component=worker", "--timeout=2m");
        Say("gpu-1 is drained");
        await Until("the trial says why it waits", async () => (await View(coordinator, experiment)).ToJsonString().Contains("nodes are available", StringComparison.Ordinal));
        await cluster.Kubectl("uncordon", "gpu-1");
        await Until("the Pod on gpu-1 is back", () => Task.FromResult(kubelet.Pods.Values.Count(p => p.Status.Phase == "Running") == 4));

        var victim = kubelet.Pods.Values.First(p => p.Status.Phase == "Running").Metadata.Name;
        await cluster.KubectlWith($$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{victim}}","namespace":"{{Space}}"} }""", "create", "--raw", $"/api/v1/namespaces/{Space}/pods/{victim}/eviction", "-f", "-");
        await Until($"{victim} is evicted", () => Task.FromResult(kubelet.Ended.ContainsKey(victim)));
        await cluster.RestartApiServer();
        Say("the API server was killed and started again");

        await Until("all trials are done", async () => (string?)(await View(coordinator, experiment))["status"] == "completed");
        var trials = (await View(coordinator, experiment))["trials"]!.AsArray();
        Assert.Equal(Trials, trials.Count);
        Assert.All(trials, t => Assert.Equal("completed", (string?)t!["status"]));
        Assert.Contains(trials, t => (int)t!["attempt"]! > 1);
        Assert.Equal(0, kubelet.Ended[victim]);
        Assert.All(kubelet.Farewells, f => Assert.True(f < TimeSpan.FromSeconds(30), $"a worker took {f} to leave, more than its grace period"));

        await Until("the idle pool is empty", () => Task.FromResult(kubelet.Pods.Count == 0));
        var again = await Submit(coordinator, "again", trials: 1, epochs: 2);
        await Until("it is back and trained one more", async () => (string?)(await View(coordinator, again))["status"] == "completed");

        var metrics = await _http.GetStringAsync($"{coordinator.Http}/metrics");
        Assert.All((string[])["orchestrator_pool_pods{", "orchestrator_pool_pods_busy{", "orchestrator_kubernetes_request_duration_seconds_bucket{"], m => Assert.Contains(m, metrics, StringComparison.Ordinal));

        await cluster.Helm("uninstall", "orch", "-n", Space, "--wait");
        await Until("uninstalling took every Pod", () => Task.FromResult(kubelet.Pods.Count == 0));
        Say($"{kubelet.Started} workers were started; leaving took {kubelet.Farewells.Max().TotalSeconds:0.0} s at most");
    }

    private async Task Install()
    {
        await cluster.Kubectl("create", "namespace", Space);
        for (var i = 1; i <= 4; i++) await cluster.AddNode($"gpu-{i}", 1);
        await cluster.KubectlWith($$$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: shared}
            spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], hostPath: {path: /shared}, claimRef: {namespace: {{{Space}}}, name: shared}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: shared, namespace: {{{Space}}}}
            spec: {accessModes: [ReadWriteMany], storageClassName: "", volumeName: shared, resources: {requests: {storage: 1Gi} } }
            """, "create", "-f", "-");
        var values = _folder.Write("values.yaml", """
            persistence: {enabled: false}
            checkpoints: {existingClaim: shared}
            pools:
            - {name: gpu, device: cpu, max: 8, idleSeconds: 5, resources: {limits: {nvidia.com/gpu: 1}}}
            """);
        await cluster.Helm("install", "orch", RepositoryRoot.At("helm/orchestrator"), "-n", Space, "-f", values);
        Say("the chart is installed");
    }

    private async Task<string> PoolsFile() =>
        _folder.Write("pools.yaml", await cluster.Kubectl("get", "configmap", "orch-pools", "-n", Space, "-o", "jsonpath={.data.pools\\.yaml}"));

    /// <summary>A kubeconfig with nothing but the ServiceAccount's token.</summary>
    private async Task<string> ServiceAccount()
    {
        _folder.Write("token", await cluster.Kubectl("create", "token", "orch", "-n", Space));
        var server = await cluster.Kubectl("config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.server}");
        var authority = await cluster.Kubectl("config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.certificate-authority-data}");
        return _folder.Write("kubeconfig", $$$"""
            current-context: c
            clusters: [{name: k, cluster: {server: "{{{server}}}", certificate-authority-data: {{{authority}}}}}]
            users: [{name: u, user: {tokenFile: token}}]
            contexts: [{name: c, context: {cluster: k, user: u, namespace: {{{Space}}}}}]
            """);
    }

    private async Task<string> Submit(HostProcess coordinator, string name, int trials, int epochs)
    {
        var file = _folder.Write($"{name}.yaml", $$"""
            name: {{name}}
            task: points2d
            method: random
            run_cap: {{trials}}
            seed: 3
            metric: {name: validation_modes, goal: maximize}
            parameters:
              epochs: {value: {{epochs}}}
              learning_rate: {distribution: log_uniform_values, min: 5e-4, max: 2e-3}
            checkpoint: {every: 1, keep: 2}
            resources: {world_size: 2, max_parallel: 2}
            """);
        return (string)(await OrchProcess.RunAsync("submit", file, "--coordinator", coordinator.Grpc, "--json")).Expect(0).Json["experiment"]!;
    }

    private async Task<JsonNode> View(HostProcess coordinator, string experiment) => (await _http.GetFromJsonAsync<JsonNode>($"{coordinator.Http}/api/v1/experiments/{experiment}"))!;

    private async Task Until(string what, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(OrchProcess.Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"never: {what}");
            await Task.Delay(Look, TimeProvider.System);
        }
        Say(what);
    }

    private void Say(string what) => output.WriteLine($"[{TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds,6:0.0} s] {what}");
}
