using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;
using Xunit.Abstractions;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>
/// The chart installed in a namespace of its own; the coordinator a process with the chart's ServiceAccount and configuration, and real processes for Pods on GPU nodes
/// made by hand.
/// </summary>
internal sealed class Release : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly ControlPlane _cluster;
    private readonly ITestOutputHelper _output;
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().AddSingleton<KubernetesInstruments>().BuildServiceProvider();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    private Release(ControlPlane cluster, string space, ITestOutputHelper output) => (_cluster, Space, _output) = (cluster, space, output);

    /// <summary>The namespace.</summary>
    public string Space { get; }

    /// <summary>Knows the coordinator by the chart's authority, and is known by its token.</summary>
    public HttpClient Http { get; private set; } = null!;

    public HostProcess Coordinator { get; private set; } = null!;

    public TestKubelet Kubelet { get; private set; } = null!;

    /// <summary>Makes nodes with one GPU each and the label <c>space</c>, installs the chart with these values, and starts the coordinator and the kubelets.</summary>
    public static async Task<Release> Install(ControlPlane cluster, string space, int nodes, string values, ITestOutputHelper output)
    {
        var release = new Release(cluster, space, output);
        try
        {
            await release.Install(nodes, values);
            return release;
        }
        catch
        {
            await release.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Kubelet is not null) await Kubelet.DisposeAsync();
        if (Coordinator is not null) await Coordinator.DisposeAsync();
        await _metrics.DisposeAsync();
        Http?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Submits a sweep of two ranks each and gives its id.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="trials">How many.</param>
    /// <param name="epochs">Of each.</param>
    /// <param name="more">More lines of the sweep file.</param>
    public async Task<string> Submit(string name, int trials, int epochs, string more = "resources: {world_size: 2, max_parallel: 2}")
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
              hidden_size: {value: 16}
              learning_rate: {distribution: log_uniform_values, min: 5e-4, max: 2e-3}
            checkpoint: {every: 1, keep: 2}
            {{more}}
            """);
        return (string)(await OrchProcess.RunAsync("submit", file, "--coordinator", Coordinator.Grpc, "--ca", _folder.At("ca.crt"), "--token-file", _folder.At("admin.token"), "--json")).Expect(0).Json["experiment"]!;
    }

    public async Task<JsonNode> View(string experiment) => (await Http.GetFromJsonAsync<JsonNode>($"{Coordinator.Http}/api/v1/experiments/{experiment}"))!;

    public async Task<bool> IsCompleted(string experiment) => (string?)(await View(experiment))["status"] == "completed";

    public async Task Until(string what, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(OrchProcess.Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"never: {what}");
            await Task.Delay(Look, TimeProvider.System);
        }
        Say(what);
    }

    public void Say(string what) => _output.WriteLine($"[{TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds,6:0.0} s] {what}");

    private async Task Install(int nodes, string values)
    {
        await _cluster.Kubectl("create", "namespace", Space);
        for (var i = 1; i <= nodes; i++) await _cluster.AddNode($"{Space}-{i}", 1, ready: true, $"space={Space}"); // what another test has left behind is not to be in the way
        await _cluster.KubectlWith($$$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: shared-{{{Space}}}}
            spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], hostPath: {path: /shared}, claimRef: {namespace: {{{Space}}}, name: shared}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: shared, namespace: {{{Space}}}}
            spec: {accessModes: [ReadWriteMany], storageClassName: "", volumeName: shared-{{{Space}}}, resources: {requests: {storage: 1Gi} } }
            """, "create", "-f", "-");
        await _cluster.Helm("install", "orch", RepositoryRoot.At("helm/orchestrator"), "-n", Space, "-f", _folder.Write("values.yaml", values), "--set", "persistence.enabled=false,checkpoints.existingClaim=shared");
        Say("the chart is installed");
        foreach (var (secret, key, file) in ((string, string, string)[])[("tls", "tls.crt", "tls.crt"), ("tls", "tls.key", "tls.key"), ("tls", "ca.crt", "ca.crt"), ("tokens", "tokens", "tokens"), ("admin", "token", "admin.token")])
            _folder.Write(file, await Secret(secret, key));
        Coordinator = await HostProcess.StartAsync(
            "coordinator", "--state", _folder.At("state"), "--port", "0", "--grpc-port", "0", "--kubernetes", await PoolsFile(), "--kubeconfig", await ServiceAccount(),
            "--tokens", _folder.At("tokens"), "--tls-cert", _folder.At("tls.crt"), "--tls-key", _folder.At("tls.key"), "--client-ca", _folder.At("ca.crt"));
        Http = Client();
        Kubelet = new TestKubelet(_cluster.KubeConfig, Space, Coordinator, _metrics.GetRequiredService<KubernetesInstruments>());
        Say("coordinator is ready");
    }

    private async Task<string> Secret(string part, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(
        await _cluster.Kubectl("get", "secret", $"orch-{part}", "-n", Space, "-o", $"jsonpath={{.data.{key.Replace(".", "\\.", StringComparison.Ordinal)}}}")));

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(_folder.At("ca.crt"));
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(_folder.At("admin.token")));
        return client;
    }

    private async Task<string> PoolsFile() =>
        _folder.Write("pools.yaml", await _cluster.Kubectl("get", "configmap", "orch-pools", "-n", Space, "-o", "jsonpath={.data.pools\\.yaml}"));

    /// <summary>A kubeconfig with nothing but the ServiceAccount's token.</summary>
    private async Task<string> ServiceAccount()
    {
        _folder.Write("token", await _cluster.Kubectl("create", "token", "orch", "-n", Space));
        var server = await _cluster.Kubectl("config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.server}");
        var authority = await _cluster.Kubectl("config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.certificate-authority-data}");
        return _folder.Write("kubeconfig", $$$"""
            current-context: c
            clusters: [{name: k, cluster: {server: "{{{server}}}", certificate-authority-data: {{{authority}}}}}]
            users: [{name: u, user: {tokenFile: token}}]
            contexts: [{name: c, context: {cluster: k, user: u, namespace: {{{Space}}}}}]
            """);
    }
}
