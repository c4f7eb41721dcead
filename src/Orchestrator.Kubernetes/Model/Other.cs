namespace Orchestrator.Kubernetes.Model;

/// <summary>An object that is made and deleted; of what it is nothing is read.</summary>
internal sealed record Other : IResource
{
    public ObjectMeta Metadata { get; init; } = new();
}
