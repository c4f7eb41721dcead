using Orchestrator.Kubernetes.Client;

namespace Orchestrator.Kubernetes.Model;

/// <summary>The kinds of objects that are used.</summary>
internal static class Kinds
{
    public static readonly ResourceKind<Pod> Pods = new("", "v1", "pods", ModelJson.Of<Pod>(), ModelJson.Of<ResourceList<Pod>>());
    public static readonly ResourceKind<Node> Nodes = new("", "v1", "nodes", ModelJson.Of<Node>(), ModelJson.Of<ResourceList<Node>>(), IsNamespaced: false);
    public static readonly ResourceKind<Job> Jobs = new("batch", "v1", "jobs", ModelJson.Of<Job>(), ModelJson.Of<ResourceList<Job>>());
    public static readonly ResourceKind<Other> JobSets = new("jobset.x-k8s.io", "v1alpha2", "jobsets", ModelJson.Of<Other>(), ModelJson.Of<ResourceList<Other>>());
    public static readonly ResourceKind<Other> VolcanoGroups = new("scheduling.volcano.sh", "v1beta1", "podgroups", ModelJson.Of<Other>(), ModelJson.Of<ResourceList<Other>>());
    public static readonly ResourceKind<Other> CoschedulingGroups = new("scheduling.x-k8s.io", "v1alpha1", "podgroups", ModelJson.Of<Other>(), ModelJson.Of<ResourceList<Other>>());
    public static readonly ResourceKind<ConfigMap> ConfigMaps = new("", "v1", "configmaps", ModelJson.Of<ConfigMap>(), ModelJson.Of<ResourceList<ConfigMap>>());
    public static readonly ResourceKind<Lease> Leases = new("coordination.k8s.io", "v1", "leases", ModelJson.Of<Lease>(), ModelJson.Of<ResourceList<Lease>>());
}
