namespace Orchestrator.Kubernetes.Model;

/// <summary>A node: what is read of it.</summary>
internal sealed record Node : IResource
{
    public ObjectMeta Metadata { get; init; } = new();

    public NodeSpec Spec { get; init; } = new();

    public NodeStatus Status { get; init; } = new();
}
