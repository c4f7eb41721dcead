namespace Orchestrator.Kubernetes.Model;

/// <summary>What a group version offers.</summary>
internal sealed record ApiResources
{
    public IReadOnlyList<ApiResource> Resources { get; init; } = [];
}
