using System.Text.Json.Nodes;
using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Makes a gang's Job from its pool's template. Pure: what the server offers is told.</summary>
internal static class GangJob
{
    /// <summary>
    /// Replaced Pods at most, where the server can't tell a disruption from a failure. A trial that is interrupted again and again without an epoch in between ends sooner.
    /// </summary>
    public const int BackoffLimit = 20;

    /// <summary>A Job that has ended is deleted by the coordinator; where there is none any more, by the cluster, after this.</summary>
    private const int SecondsToLive = 3600;

    private const string QueueLabel = "kueue.x-k8s.io/queue-name";
    private const string CoschedulingLabel = "scheduling.x-k8s.io/pod-group";
    private const string VolcanoAnnotation = "scheduling.k8s.io/group-name";

    /// <summary>Exit codes that would come again: a rank that failed, bad usage, an abort (as of an unhandled exception), a broken library.</summary>
    private static readonly int[] BugCodes = [1, 2, 134, 139];

    /// <summary>The Job, or the JobSet with the Job in it.</summary>
    public static JsonObject Make(GangDemand demand, WarmPoolSpec pool, string name, string installation, OwnerReference? owner, JobOffer offer)
    {
        var job = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels(demand, name, installation) }, ["spec"] = Spec(demand, pool, name, installation, offer) };
        var top = demand.Spec.Kind == GangKind.JobSet ? Set(job) : job;
        var isSet = top != job;
        top["apiVersion"] = isSet ? Kinds.JobSets.ApiVersion : Kinds.Jobs.ApiVersion;
        top["kind"] = isSet ? "JobSet" : "Job";
        var metadata = new JsonObject { ["name"] = name, ["labels"] = Labels(demand, name, installation) };
        if (UsesKueue(demand.Spec)) metadata["labels"]![QueueLabel] = demand.Spec.Queue;
        if (owner is not null) metadata["ownerReferences"] = new JsonArray(owner.ToJson());
        top["metadata"] = metadata;
        // Kueue lets it go when there is room; a Job that it has not seen yet must not start before.
        if (UsesKueue(demand.Spec) && offer.Suspend) top["spec"]!["suspend"] = true;
        return top;
    }

    /// <summary>What tells the scheduler how many Pods there are to be before any starts; null: it need not be told. It goes when the gang goes.</summary>
    public static JsonObject? PodGroup(GangDemand demand, string name, string installation, OwnerReference gang)
    {
        if (demand.Spec.Scheduler == GangScheduler.None) return null;
        var isVolcano = demand.Spec.Scheduler == GangScheduler.Volcano;
        var spec = new JsonObject { ["minMember"] = demand.WorldSize };
        if (isVolcano && demand.Spec.Queue is { } queue) spec["queue"] = queue;
        return new JsonObject
        {
            ["apiVersion"] = (isVolcano ? Kinds.VolcanoGroups : Kinds.CoschedulingGroups).ApiVersion,
            ["kind"] = "PodGroup",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = Labels(demand, name, installation), ["ownerReferences"] = new JsonArray(gang.ToJson()) },
            ["spec"] = spec,
        };
    }

    private static JsonObject Set(JsonObject job) => new()
    {
        ["spec"] = new JsonObject
        {
            ["replicatedJobs"] = new JsonArray(new JsonObject { ["name"] = "ranks", ["replicas"] = 1, ["template"] = job }),
            ["failurePolicy"] = new JsonObject { ["maxRestarts"] = 0 },
        },
    };

    private static JsonObject Spec(GangDemand demand, WarmPoolSpec pool, string name, string installation, JobOffer offer)
    {
        var template = Template(demand, pool, name, installation);
        var spec = new JsonObject { ["parallelism"] = demand.WorldSize, ["completions"] = demand.WorldSize, ["backoffLimit"] = BackoffLimit };
        if (offer.Indexed) spec["completionMode"] = "Indexed";
        if (offer.PodFailurePolicy) spec["podFailurePolicy"] = FailurePolicy((string?)Worker(template)["name"]);
        if (offer.PodReplacementPolicy) spec["podReplacementPolicy"] = "Failed"; // not while the old one still has its device
        if (offer.TimeToLive) spec["ttlSecondsAfterFinished"] = SecondsToLive;
        spec["template"] = template;
        return spec;
    }

    private static JsonObject FailurePolicy(string? container) => new()
    {
        ["rules"] = new JsonArray(
            new JsonObject { ["action"] = "Ignore", ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }) },
            new JsonObject
            {
                ["action"] = "FailJob",
                ["onExitCodes"] = new JsonObject { ["containerName"] = container, ["operator"] = "In", ["values"] = new JsonArray([.. BugCodes.Select(c => JsonValue.Create(c))]) },
            }),
    };

    private static JsonObject Template(GangDemand demand, WarmPoolSpec pool, string name, string installation)
    {
        var template = (JsonObject)pool.Template.DeepClone();
        var metadata = Child(template, "metadata");
        foreach (var (label, value) in Labels(demand, name, installation)) Child(metadata, "labels")[label] = value!.DeepClone();
        var (spec, wanted) = (Child(template, "spec"), demand.Spec);
        spec["restartPolicy"] = "Never";
        if (demand.ExcludedNodes.Count > 0) WorkerPod.Avoid(spec, demand.ExcludedNodes);
        if (demand.Memory > 0) SetMemory(Worker(template), demand.Memory);
        if (Worker(template)["args"] is not JsonArray args) Worker(template)["args"] = args = [];
        foreach (var word in (string[])["--experiment", demand.Experiment, "--gang", name]) args.Add(word);
        if (wanted.RequireTopology is { } require) Child(metadata, "annotations")["kueue.x-k8s.io/podset-required-topology"] = require;
        if (wanted.PreferTopology is { } prefer) Child(metadata, "annotations")["kueue.x-k8s.io/podset-preferred-topology"] = prefer;
        if (wanted.Scheduler == GangScheduler.Volcano) (spec["schedulerName"], Child(metadata, "annotations")[VolcanoAnnotation]) = ("volcano", name);
        if (wanted.Scheduler == GangScheduler.Coscheduling) (spec["schedulerName"], Child(metadata, "labels")[CoschedulingLabel]) = (spec["schedulerName"]?.DeepClone() ?? "scheduler-plugins-scheduler", name);
        return template;
    }

    /// <summary>The scheduler keeps as much for it, and it gets no more.</summary>
    private static void SetMemory(JsonObject container, long megabytes)
    {
        foreach (var bound in (string[])["requests", "limits"]) Child(Child(container, "resources"), bound)["memory"] = $"{megabytes}M";
    }

    /// <summary>A Volcano queue is named by the PodGroup.</summary>
    private static bool UsesKueue(DedicatedSpec spec) => spec.Queue is not null && spec.Scheduler != GangScheduler.Volcano;

    private static JsonObject Worker(JsonObject template)
    {
        var containers = template["spec"]!["containers"]!.AsArray();
        return (JsonObject)(containers.FirstOrDefault(c => (string?)c!["name"] == "worker") ?? containers[0])!;
    }

    private static JsonObject Labels(GangDemand demand, string name, string installation) => new()
    {
        [PoolLabels.Installation] = installation,
        [GangLabels.Experiment] = demand.Experiment,
        [GangLabels.Gang] = name,
    };

    private static JsonObject Child(JsonObject of, string name)
    {
        if (of[name] is JsonObject there) return there;
        var made = new JsonObject();
        of[name] = made;
        return made;
    }
}
