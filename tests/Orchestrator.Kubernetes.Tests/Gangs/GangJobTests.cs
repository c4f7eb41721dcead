using System.Text.Json.Nodes;
using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Gangs;

public sealed class GangJobTests
{
    private const string Labels = "\"orchestrator.dev/installation\":\"team\",\"orchestrator.dev/experiment\":\"vae-1\",\"orchestrator.dev/gang\":\"vae-1-0a\"";

    private static readonly OwnerReference Owner = new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "o", Uid = "u" };

    private static readonly WarmPoolSpec Pool = new("gpu", "cuda", 0, (JsonObject)JsonNode.Parse(
        """{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"side"},{"name":"worker","args":["worker","--id","$(POD_NAME)"]}]}}""")!);

    [Fact]
    public void Make_OldServer_IsAParallelJobAndNoMore()
    {
        var job = Make(new DedicatedSpec("gpu"), JobOffer.Least);

        Assert.Equal(("batch/v1", "Job", "vae-1-0a"), ((string?)job["apiVersion"], (string?)job["kind"], (string?)job["metadata"]!["name"]));
        Assert.Equal($"{{{Labels}}}", job["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("""[{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"u"}]""", job["metadata"]!["ownerReferences"]!.ToJsonString());
        Assert.Equal(["parallelism", "completions", "backoffLimit", "template"], job["spec"]!.AsObject().Select(p => p.Key));
        Assert.Equal((2, 2), ((int)job["spec"]!["parallelism"]!, (int)job["spec"]!["completions"]!));
    }

    [Fact]
    public void Make_Template_IsThePoolsWithItsExperimentAndGang()
    {
        var before = Pool.Template.ToJsonString();
        var template = Make(new DedicatedSpec("gpu"), JobOffer.Everything)["spec"]!["template"]!;

        Assert.Equal($"{{\"a\":\"b\",{Labels}}}", template["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("Never", (string?)template["spec"]!["restartPolicy"]);
        Assert.Equal("""["worker","--id","$(POD_NAME)","--experiment","vae-1","--gang","vae-1-0a"]""", template["spec"]!["containers"]![1]!["args"]!.ToJsonString());
        Assert.Equal(before, Pool.Template.ToJsonString());
    }

    [Fact]
    public void Make_Memory_IsRequestedAndLimited()
    {
        var demand = Demand(new DedicatedSpec("gpu")) with { Memory = 7500 };

        var containers = GangJob.Make(demand, Pool, "g", "team", null, JobOffer.Least)["spec"]!["template"]!["spec"]!["containers"]!;

        Assert.Null(containers[0]!["resources"]);
        Assert.Equal("{\"requests\":{\"memory\":\"7500M\"},\"limits\":{\"memory\":\"7500M\"}}", containers[1]!["resources"]!.ToJsonString());
    }

    [Fact]
    public void Make_ExcludedNodes_AreAvoided()
    {
        var demand = Demand(new DedicatedSpec("gpu")) with { ExcludedNodes = ["n1"] };

        Assert.Contains("\"operator\":\"NotIn\",\"values\":[\"n1\"]", GangJob.Make(demand, Pool, "g", "team", null, JobOffer.Least).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_NewServer_IgnoresDisruptionsAndFailsOnBugs()
    {
        var spec = Make(new DedicatedSpec("gpu"), JobOffer.Everything)["spec"]!;

        Assert.Equal(("Indexed", "Failed", 3600), ((string?)spec["completionMode"], (string?)spec["podReplacementPolicy"], (int)spec["ttlSecondsAfterFinished"]!));
        Assert.Equal(
            """{"rules":[{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget","status":"True"}]},{"action":"FailJob","onExitCodes":{"containerName":"worker","operator":"In","values":[1,2,134,139]}}]}""",
            spec["podFailurePolicy"]!.ToJsonString());
        Assert.Null(spec["suspend"]); // nobody would let it go
    }

    [Fact]
    public void Make_Kueue_IsLabelledHeldBackAndPlacedByTopology()
    {
        var job = Make(new DedicatedSpec("gpu") { Queue = "team-a", RequireTopology = "example.org/block", PreferTopology = "example.org/rack" }, JobOffer.Everything);

        Assert.Equal("team-a", (string?)job["metadata"]!["labels"]!["kueue.x-k8s.io/queue-name"]);
        Assert.True((bool)job["spec"]!["suspend"]!);
        Assert.Equal(
            """{"kueue.x-k8s.io/podset-required-topology":"example.org/block","kueue.x-k8s.io/podset-preferred-topology":"example.org/rack"}""",
            job["spec"]!["template"]!["metadata"]!["annotations"]!.ToJsonString());
        Assert.Null(Make(new DedicatedSpec("gpu") { Queue = "team-a" }, JobOffer.Least)["spec"]!["suspend"]);
    }

    [Fact]
    public void Make_JobSet_HasTheJobInIt()
    {
        var set = Make(new DedicatedSpec("gpu") { Kind = GangKind.JobSet, Queue = "team-a" }, JobOffer.Everything);

        Assert.Equal(("jobset.x-k8s.io/v1alpha2", "JobSet"), ((string?)set["apiVersion"], (string?)set["kind"]));
        Assert.Equal(("team-a", true), ((string?)set["metadata"]!["labels"]!["kueue.x-k8s.io/queue-name"], (bool)set["spec"]!["suspend"]!));
        var replicated = Assert.Single(set["spec"]!["replicatedJobs"]!.AsArray())!;
        Assert.Equal(("ranks", 1, 2), ((string?)replicated["name"], (int)replicated["replicas"]!, (int)replicated["template"]!["spec"]!["parallelism"]!));
        Assert.Equal($"{{{Labels}}}", replicated["template"]!["metadata"]!["labels"]!.ToJsonString()); // by which its Job is seen
        Assert.Null(replicated["template"]!["kind"]);
    }

    [Theory]
    [InlineData(GangScheduler.Volcano, "volcano", "scheduling.volcano.sh/v1beta1", """{"minMember":2,"queue":"team-a"}""")]
    [InlineData(GangScheduler.Coscheduling, "scheduler-plugins-scheduler", "scheduling.x-k8s.io/v1alpha1", """{"minMember":2}""")]
    public void PodGroup_Scheduler_SaysHowManyPodsStartTogether(GangScheduler scheduler, string name, string version, string spec)
    {
        var demand = Demand(new DedicatedSpec("gpu") { Scheduler = scheduler, Queue = "team-a" });
        var metadata = GangJob.Make(demand, Pool, "vae-1-0a", "team", Owner, JobOffer.Everything)["spec"]!["template"]!;
        var group = GangJob.PodGroup(demand, "vae-1-0a", "team", Owner)!;

        Assert.Equal(name, (string?)metadata["spec"]!["schedulerName"]);
        Assert.Equal("vae-1-0a", (string?)(scheduler == GangScheduler.Volcano ? metadata["metadata"]!["annotations"]!["scheduling.k8s.io/group-name"] : metadata["metadata"]!["labels"]!["scheduling.x-k8s.io/pod-group"]));
        Assert.Equal((version, "PodGroup", "vae-1-0a"), ((string?)group["apiVersion"], (string?)group["kind"], (string?)group["metadata"]!["name"]));
        Assert.Equal((spec, "u"), (group["spec"]!.ToJsonString(), (string?)group["metadata"]!["ownerReferences"]![0]!["uid"]));
        Assert.Null(GangJob.PodGroup(Demand(new DedicatedSpec("gpu")), "g", "team", Owner));
    }

    private static JsonObject Make(DedicatedSpec spec, JobOffer offer) => GangJob.Make(Demand(spec), Pool, "vae-1-0a", "team", Owner, offer);

    private static GangDemand Demand(DedicatedSpec spec) => new("vae-1", spec, "cuda", 2, 1, new Dictionary<string, FleetWorker>());
}
