namespace Orchestrator.Kubernetes.Model;

/// <summary>What a Pod is to be.</summary>
internal sealed record PodSpec
{
    /// <summary>The node that it is on; null: none yet.</summary>
    public string? NodeName { get; init; }
}
