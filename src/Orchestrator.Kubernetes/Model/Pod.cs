namespace Orchestrator.Kubernetes.Model;

/// <summary>A Pod: what is read of it.</summary>
internal sealed record Pod : IResource
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}
