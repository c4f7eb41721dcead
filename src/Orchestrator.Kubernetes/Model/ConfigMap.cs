namespace Orchestrator.Kubernetes.Model;

/// <summary>A ConfigMap: only that it is there.</summary>
internal sealed record ConfigMap : IResource
{
    public ObjectMeta Metadata { get; init; } = new();
}
