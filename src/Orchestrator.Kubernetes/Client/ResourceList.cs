namespace Orchestrator.Kubernetes.Client;

/// <summary>A page of objects.</summary>
internal sealed record ResourceList<T>
{
    public ListMeta Metadata { get; init; } = new();

    public IReadOnlyList<T> Items { get; init; } = [];
}
