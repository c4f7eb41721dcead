using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Makes a worker's Pod from its pool's template.</summary>
internal static class WorkerPod
{
    /// <summary>The Pod. It runs once: a worker that ended is replaced by a Pod of another name, since a name is a worker's id.</summary>
    public static JsonObject Make(WarmPoolSpec pool, string name, string installation, OwnerReference? owner, IReadOnlyList<string> avoidNodes)
    {
        var pod = (JsonObject)pool.Template.DeepClone();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        var metadata = Child(pod, "metadata");
        metadata["name"] = name;
        var labels = Child(metadata, "labels");
        labels[PoolLabels.Installation] = installation;
        labels[PoolLabels.Pool] = pool.Name;
        if (owner is not null) metadata["ownerReferences"] = new JsonArray(owner.ToJson());
        var spec = Child(pod, "spec");
        spec["restartPolicy"] = "Never";
        if (avoidNodes.Count > 0) Avoid(spec, avoidNodes);
        return pod;
    }

    /// <summary>Every alternative of the node affinity (they are or-ed) gets the condition; with none, one is made.</summary>
    public static void Avoid(JsonObject spec, IReadOnlyList<string> nodes)
    {
        var required = Child(Child(Child(spec, "affinity"), "nodeAffinity"), "requiredDuringSchedulingIgnoredDuringExecution");
        if (required["nodeSelectorTerms"] is not JsonArray { Count: > 0 } terms) required["nodeSelectorTerms"] = terms = [new JsonObject()];
        foreach (var term in terms.OfType<JsonObject>())
        {
            if (term["matchExpressions"] is not JsonArray expressions) term["matchExpressions"] = expressions = [];
            expressions.Add(new JsonObject
            {
                ["key"] = "kubernetes.io/hostname",
                ["operator"] = "NotIn",
                ["values"] = new JsonArray([.. nodes.Select(n => JsonValue.Create(n))]),
            });
        }
    }

    private static JsonObject Child(JsonObject of, string name)
    {
        if (of[name] is JsonObject there) return there;
        var made = new JsonObject();
        of[name] = made;
        return made;
    }
}
