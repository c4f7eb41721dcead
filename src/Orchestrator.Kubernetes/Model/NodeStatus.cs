namespace Orchestrator.Kubernetes.Model;

/// <summary>How a node is.</summary>
internal sealed record NodeStatus
{
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
