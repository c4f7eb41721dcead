using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Benchmarks;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.Kubernetes.Telemetry;

// What pools of a big cluster ask of the API server, and how soon they react to a lost node: nodes and Pods made by hand on a real API server.
//
//   dotnet run --project benchmarks/kubernetes -- --kubeconfig FILE [--nodes 1000] [--pods 8000] [--seconds 120] [--losses 10]

const string Space = "pool-benchmark";
if (Text("--kubeconfig") is not { } kubeConfig)
{
    Console.Error.WriteLine("error: --kubeconfig FILE is needed: of a cluster that may be filled with nodes and Pods that there are not.");
    return 2;
}
var time = TimeProvider.System;
var (nodes, count, seconds, losses) = (Number("--nodes", 1000), Number("--pods", 8000), Number("--seconds", 120), Number("--losses", 10));
await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
var meters = services.GetRequiredService<IMeterFactory>();
var access = KubeConfig.Read(kubeConfig, null, time) with { Namespace = Space };
using var client = new KubernetesClient(access, ClusterHandler.Create(access), new KubernetesInstruments(meters), time);
var fleet = new BusyFleet();

var started = time.GetTimestamp();
await client.Create(new ResourceKind<ConfigMap>("", "v1", "namespaces", Kinds.ConfigMaps.Item, Kinds.ConfigMaps.List, IsNamespaced: false), null, Meta("Namespace", Space), CancellationToken.None);
await Parallel.ForAsync(0, nodes, Wide(), async (i, stop) => await client.Create(Kinds.Nodes, null, Meta("Node", $"n{i}"), stop));
await Parallel.ForAsync(0, count, Wide(), async (i, stop) =>
{
    await client.Create(Kinds.Pods, Space, Pod(i), stop);
    fleet.Workers[$"sim-{i}"] = new FleetWorker($"sim-{i}", IsBusy: true);
});
Console.WriteLine($"made {nodes:N0} nodes and {count:N0} Pods in {Since(started):N1} s");

var instruments = new KubernetesInstruments(meters);
var spec = new PoolsSpec("bench", [new WarmPoolSpec("sim", "cuda", count, [])]);
using var pools = new KubernetesPools(new KubernetesPoolsOptions(spec, kubeConfig), access, fleet, fleet, instruments, time, NullLogger<KubernetesPools>.Instance);
started = time.GetTimestamp();
await pools.StartAsync(CancellationToken.None);
while (fleet.Rounds == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), time);
Console.WriteLine($"first decision after {Since(started):N1} s, {instruments.Sent} requests");

var (sent, rounds, processor) = (instruments.Sent, fleet.Rounds, Environment.CpuUsage.TotalTime);
await Task.Delay(TimeSpan.FromSeconds(seconds), time);
Console.WriteLine(
    $"at rest: {(instruments.Sent - sent) * 60.0 / seconds:N1} requests/min, {(fleet.Rounds - rounds) * 60.0 / seconds:N0} decisions/min, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds / seconds:P1} of a core, {Environment.WorkingSet >> 20} MiB");

var reactions = new List<double>();
for (var i = 0; i < losses; i++) reactions.Add(await Lose(i));
reactions.Sort();
Console.WriteLine($"lost node to its Pods deleted: median {reactions[reactions.Count / 2]:N2} s, worst {reactions[^1]:N2} s of {losses}; {instruments.Sent - sent} requests in all since");
await pools.StopAsync(CancellationToken.None);
return 0;

// From the taint of the node controller to the last of the node's Pods being on its way out.
async Task<double> Lose(int node)
{
    var begun = time.GetTimestamp();
    var taint = new JsonObject { ["key"] = "node.kubernetes.io/unreachable", ["effect"] = "NoExecute" };
    await client.Patch(Kinds.Nodes, null, $"n{node}", PatchKind.Merge, new JsonObject { ["spec"] = new JsonObject { ["taints"] = new JsonArray(taint) } }, CancellationToken.None);
    for (var i = node; i < count; i += nodes)
    {
        while (await client.Find(Kinds.Pods, Space, $"sim-{i}", CancellationToken.None) is { Metadata.DeletionTimestamp: null }) await Task.Delay(TimeSpan.FromMilliseconds(20), time);
    }
    return Since(begun);
}

JsonObject Pod(int i) => (JsonObject)JsonNode.Parse($$$"""
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "sim-{{{i}}}", "labels": {"orchestrator.dev/installation": "bench", "orchestrator.dev/pool": "sim"} },
     "spec": {"nodeName": "n{{{i % nodes}}}", "tolerations": [{"operator": "Exists"}], "containers": [{"name": "worker", "image": "worker"}]} }
    """)!;

static JsonObject Meta(string kind, string name) => new() { ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name } };

static ParallelOptions Wide() => new() { MaxDegreeOfParallelism = 16 };

double Since(long timestamp) => time.GetElapsedTime(timestamp).TotalSeconds;

string? Text(string option) => args.SkipWhile(a => a != option).Skip(1).FirstOrDefault();

int Number(string option, int standard) => Text(option) is { } text ? int.Parse(text) : standard;
