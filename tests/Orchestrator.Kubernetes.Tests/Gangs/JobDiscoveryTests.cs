using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.Kubernetes.Tests.Support;

namespace Orchestrator.Kubernetes.Tests.Gangs;

/// <summary>Servers of each version, which keep of a Job what their version has switched on and drop the rest, as API servers do.</summary>
public sealed class JobDiscoveryTests
{
    private static readonly (int Since, string Field)[] Fields =
    [
        (21, "ttlSecondsAfterFinished"), (22, "completionMode"), (22, "suspend"), (26, "podFailurePolicy"), (29, "podReplacementPolicy"), // from the version on in which it is on unless switched off
    ];

    private static readonly WarmPoolSpec Pool = new("gpu", "cuda", 0, (JsonObject)JsonNode.Parse("""{"spec":{"containers":[{"name":"worker","args":["worker"]}]}}""")!);

    public static TheoryData<int> Versions => [.. Enumerable.Range(20, 15)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Jobs_AServerOfThisVersion_IsSentWhatItKeeps(int minor)
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Then(context => Keep(context, server, minor));
        using var client = server.Client();
        var demand = new GangDemand("vae-1", new DedicatedSpec("gpu") { Queue = "team-a" }, "cuda", 2, 1, new Dictionary<string, FleetWorker>());

        var offer = await new JobDiscovery(client).Jobs(demand, Pool, "team", CancellationToken.None);

        Assert.Equal(new JobOffer(minor >= 22, minor >= 22, minor >= 26, minor >= 29, minor >= 21), offer);
        Assert.Contains("dryRun=All", server.Seen.Single().Path, StringComparison.Ordinal); // nothing was made
        var job = GangJob.Make(demand, Pool, "g", "team", null, offer);
        var kept = (JsonObject)job.DeepClone();
        Drop(kept, minor);
        Assert.Equal(kept.ToJsonString(), job.ToJsonString());
    }

    [Fact]
    public async Task Jobs_AskedTwice_AsksTheServerOnce()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Then(context => Keep(context, server, 34));
        using var client = server.Client();
        var demand = new GangDemand("vae-1", new DedicatedSpec("gpu"), "cuda", 2, 1, new Dictionary<string, FleetWorker>());
        var discovery = new JobDiscovery(client);

        Assert.Equal(JobOffer.Everything, await discovery.Jobs(demand, Pool, "team", CancellationToken.None));
        Assert.Equal(JobOffer.Everything, await discovery.Jobs(demand, Pool, "team", CancellationToken.None));

        Assert.Single(server.Seen);
    }

    private static async Task Keep(HttpContext context, FakeApiServer server, int minor)
    {
        var job = (JsonObject)JsonNode.Parse(server.Seen[^1].Body)!;
        Drop(job, minor);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(job);
    }

    private static void Drop(JsonObject job, int minor)
    {
        var spec = job["spec"]!.AsObject();
        foreach (var (_, field) in Fields.Where(f => f.Since > minor)) spec.Remove(field);
    }
}
