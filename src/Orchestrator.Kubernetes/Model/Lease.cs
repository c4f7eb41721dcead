namespace Orchestrator.Kubernetes.Model;

/// <summary>Who may do something that only one may do.</summary>
internal sealed record Lease : IResource
{
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    public string Kind { get; init; } = "Lease";

    public ObjectMeta Metadata { get; init; } = new();

    public LeaseSpec Spec { get; init; } = new();
}
