namespace Orchestrator.Kubernetes.Model;

/// <summary>What a node is to be.</summary>
internal sealed record NodeSpec
{
    /// <summary>Whether it was cordoned.</summary>
    public bool? Unschedulable { get; init; }

    public IReadOnlyList<Taint>? Taints { get; init; }
}
