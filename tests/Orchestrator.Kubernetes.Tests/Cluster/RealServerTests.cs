using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Discovery;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Leases;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.Kubernetes.Tests.Support;
using Orchestrator.Kubernetes.Watching;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Cluster;

/// <summary>What the fakes assume of an API server, asked of a real one.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class RealServerTests(ControlPlane cluster) : IDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _metrics.Dispose();

    [ControlPlaneFact]
    public async Task Offers_ThisServer_SaysWhatIsThereAndWhatIsNot()
    {
        using var client = Client();
        var catalog = new ApiCatalog(client);

        Assert.StartsWith("v1.", await catalog.Version(CancellationToken.None), StringComparison.Ordinal);
        Assert.True(await catalog.Offers("", "v1", "pods", ["create", "watch"], CancellationToken.None));
        Assert.True(await catalog.Offers("batch", "v1", "jobs", ["create"], CancellationToken.None));
        Assert.False(await catalog.Offers("", "v1", "pods", ["fly"], CancellationToken.None));
        Assert.False(await catalog.Offers("jobset.x-k8s.io", "v1alpha2", "jobsets", ["create"], CancellationToken.None));
    }

    [ControlPlaneFact]
    public async Task Mirror_ObjectsComeChangeAndGo_FollowsAcrossARestartOfTheServer()
    {
        await cluster.Kubectl("create", "namespace", "mirror");
        using var client = Client();
        var changes = Channel.CreateUnbounded<bool>();
        using var stop = new CancellationTokenSource();
        var mirror = new Mirror<ConfigMap>(
            client, Kinds.ConfigMaps, new Selection("mirror", "of=test"), () => changes.Writer.TryWrite(true), Instruments(), TimeProvider.System, NullLogger.Instance);
        var running = mirror.Run(stop.Token);

        await Create(client, "one");
        await Until(() => mirror.Objects.ContainsKey("one"));
        await client.Patch(Kinds.ConfigMaps, "mirror", "one", PatchKind.Merge, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["a"] = "b" } } }, CancellationToken.None);
        await Until(() => mirror.Objects["one"].Metadata.Annotations?["a"] == "b");
        await cluster.RestartApiServer();
        await cluster.Kubectl("get", "--raw", "/readyz").WaitAsync(FakeApiServer.Patience).ContinueWith(_ => { }, TaskScheduler.Default);
        await Create(client, "two");
        await Until(() => mirror.Objects.ContainsKey("two"));
        Assert.True(await client.Delete(Kinds.ConfigMaps, "mirror", "one", mirror.Objects["one"].Metadata.Uid, null, CancellationToken.None));
        await Until(() => !mirror.Objects.ContainsKey("one"));

        await stop.CancelAsync();
        await running.WaitAsync(FakeApiServer.Patience);

        async Task Until(Func<bool> condition)
        {
            using var patience = new CancellationTokenSource(FakeApiServer.Patience);
            while (!condition()) await changes.Reader.ReadAsync(patience.Token);
        }
    }

    [ControlPlaneFact]
    public async Task Patch_AppliedTwice_ChangesNothingTheSecondTime()
    {
        await cluster.Kubectl("create", "namespace", "apply");
        using var client = Client();

        var first = await client.Patch(Kinds.ConfigMaps, "apply", "same", PatchKind.Apply, Body("same"), CancellationToken.None);
        var second = await client.Patch(Kinds.ConfigMaps, "apply", "same", PatchKind.Apply, Body("same"), CancellationToken.None);

        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        var conflict = await Assert.ThrowsAsync<KubernetesException>(() => client.Create(Kinds.ConfigMaps, "apply", Body("same"), CancellationToken.None));
        Assert.True(conflict.IsConflict);
    }

    [ControlPlaneFact]
    public async Task TryHold_TwoWant_OneHasItUntilItGivesItUp()
    {
        await cluster.Kubectl("create", "namespace", "lease");
        using var client = Client();
        var first = new LeaderLease(client, "lease", "pools", "first", TimeProvider.System);
        var second = new LeaderLease(client, "lease", "pools", "second", TimeProvider.System);

        Assert.True(await first.TryHold(CancellationToken.None));
        Assert.False(await second.TryHold(CancellationToken.None));
        Assert.True(await first.TryHold(CancellationToken.None));
        await first.Release(CancellationToken.None);
        Assert.True(await second.TryHold(CancellationToken.None));
        Assert.False(await first.TryHold(CancellationToken.None));
    }

    [ControlPlaneFact]
    public async Task Jobs_ThisServer_KeepsWhatItsVersionHas()
    {
        await cluster.Kubectl("create", "namespace", "discovery");
        using var client = Client(space: "discovery");
        var pool = new WarmPoolSpec("gpu", "cpu", 0, (JsonObject)JsonNode.Parse("""{"spec":{"containers":[{"name":"worker","image":"i"}]}}""")!);
        var demand = new GangDemand("e-1", new DedicatedSpec("gpu"), "cpu", 2, 1, new Dictionary<string, FleetWorker>());

        var offer = await new JobDiscovery(client).Jobs(demand, pool, "team", CancellationToken.None);

        Assert.Equal((await new ApiCatalog(client).Version(CancellationToken.None)).StartsWith("v1.20.", StringComparison.Ordinal) ? JobOffer.Least : JobOffer.Everything, offer);
        Assert.Empty((await cluster.Kubectl("get", "jobs", "-n", "discovery", "-o", "name")).Trim());
    }

    [ControlPlaneFact]
    public async Task List_UserWithoutRights_IsRefused()
    {
        using var client = Client(cluster.UserKubeConfig);

        var refused = await Assert.ThrowsAsync<KubernetesException>(() => client.Find(Kinds.Pods, "default", "a", CancellationToken.None));

        Assert.Equal("Forbidden", refused.Reason);
    }

    private static async Task Create(KubernetesClient client, string name)
    {
        try
        {
            await client.Create(Kinds.ConfigMaps, "mirror", Body(name), CancellationToken.None);
        }
        catch (KubernetesException exception) when (exception.IsConflict)
        {
            // An attempt whose answer was lost had made it.
        }
    }

    private static JsonObject Body(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["of"] = "test" } },
    };

    private KubernetesClient Client(string? kubeConfig = null, string space = "default")
    {
        var access = KubeConfig.Read(kubeConfig ?? cluster.KubeConfig, null, TimeProvider.System) with { Namespace = space };
        return new KubernetesClient(access, ClusterHandler.Create(access), Instruments(), TimeProvider.System);
    }

    private KubernetesInstruments Instruments() => new(_metrics.GetRequiredService<IMeterFactory>());
}
