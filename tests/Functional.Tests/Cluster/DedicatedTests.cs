using System.Text.Json.Nodes;
using Orchestrator.TestKit.Kubernetes;
using Xunit.Abstractions;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>A Job for each gang, on a real control plane.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class DedicatedTests(ControlPlane cluster, ITestOutputHelper output)
{
    private const string Values = """
        dedicated: {enabled: true}
        pools:
        - {name: gpu, device: cpu, max: 0, nodeSelector: {space: dedicated}, resources: {limits: {nvidia.com/gpu: 1}}}
        - {name: vast, device: cpu, max: 2, deadlineSeconds: 3, nodeSelector: {space: dedicated}, resources: {limits: {nvidia.com/gpu: 9}}}
        """;

    [ControlPlaneFact]
    public async Task Sweep_Dedicated_EachTrialIsAJobWhosePodsAreItsAloneAndWhatNeverFitsEndsAtItsDeadline()
    {
        await using var release = await Release.Install(cluster, "dedicated", nodes: 4, Values, output);
        var kubelet = release.Kubelet;
        var experiment = await release.Submit("gangs", trials: 2, epochs: 8, "resources: {world_size: 2, max_parallel: 1}\ndedicated: {pool: gpu, queue: team-a}");

        await release.Until("the first gang trains", async () => (await release.View(experiment))["trials"]!.AsArray().Any(t => (int)t!["epoch"]! >= 1));
        var first = Assert.Single(await Jobs())!;
        Assert.Equal((2, 2, "team-a"), ((int)first["spec"]!["parallelism"]!, (int)first["spec"]!["completions"]!, (string?)first["metadata"]!["labels"]!["kueue.x-k8s.io/queue-name"]));
        Assert.Equal("orch-pools", (string?)first["metadata"]!["ownerReferences"]![0]!["name"]);
        var gang = (string)first["metadata"]!["name"]!;
        Assert.All(kubelet.Pods.Values, pod => Assert.Equal((experiment, gang), (pod.Metadata.Labels!["orchestrator.dev/experiment"], pod.Metadata.Labels["orchestrator.dev/gang"])));

        var victim = kubelet.Running[0];
        await cluster.Kubectl("delete", "pod", victim, "-n", release.Space, "--wait=false");
        await release.Until("its Job has replaced a Pod that was deleted", () => Task.FromResult(kubelet.Started == 3));
        await release.Until("both trials are done", () => release.IsCompleted(experiment));
        Assert.Equal([2, 1], (await release.View(experiment))["trials"]!.AsArray().Select(t => (int)t!["attempt"]!));
        Assert.Equal(5, kubelet.Started);
        Assert.All(kubelet.Ended, e => Assert.Equal(e.Key == victim ? 143 : 0, e.Value)); // not in order, or its Job would count it as done
        await release.Until("no Job and no Pod is left", async () => (await Jobs()).Count == 0 && kubelet.Pods.Count == 0);

        var vain = await release.Submit("vain", trials: 1, epochs: 1);
        await release.Until("what never fits has ended at its deadline", async () => (string?)(await release.View(vain))["status"] == "failed");
        Assert.Contains("Insufficient nvidia.com/gpu", (string?)(await release.View(vain))["reason"], StringComparison.Ordinal);

        async Task<JsonArray> Jobs() => JsonNode.Parse(await cluster.Kubectl("get", "jobs", "-n", release.Space, "-o", "json"))!["items"]!.AsArray();
    }
}
