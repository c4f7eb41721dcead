using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Which nodes are about to be gone, or are: what their taints say.</summary>
internal static class LeavingNodes
{
    /// <summary>
    /// Taints that announce an end: of spot machines (AWS Node Termination Handler, GKE, Azure, Karpenter), of machines that an autoscaler removes, and of those that the
    /// node controller can't reach. Others, such as a cordon, only keep new Pods away.
    /// </summary>
    private static readonly string[] Keys =
    [
        "node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready", "node.kubernetes.io/out-of-service",
        "node.cloudprovider.kubernetes.io/shutdown", "cloud.google.com/impending-node-termination",
        "aws-node-termination-handler/spot-itn", "aws-node-termination-handler/scheduled-maintenance", "aws-node-termination-handler/asg-lifecycle-termination",
        "aws-node-termination-handler/rebalance-recommendation", "ToBeDeletedByClusterAutoscaler", "karpenter.sh/disruption", "karpenter.sh/disrupted",
    ];

    /// <summary>The nodes and the reasons.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<Node> nodes)
    {
        var leaving = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (Announcement(node) is { } taint) leaving[node.Metadata.Name] = $"node {node.Metadata.Name} is leaving: {taint.Key}:{taint.Effect}";
        }
        return leaving;
    }

    /// <summary>Not-ready and unreachable come twice: with NoSchedule at the first sign, with NoExecute when it is sure.</summary>
    private static Taint? Announcement(Node node) => node.Spec.Taints?.FirstOrDefault(taint =>
        Keys.Contains(taint.Key, StringComparer.Ordinal) && (taint.Effect == "NoExecute" || !taint.Key.StartsWith("node.kubernetes.io/", StringComparison.Ordinal)));
}
