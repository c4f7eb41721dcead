namespace Orchestrator.Kubernetes.Model;

/// <summary>A Job: what is read of it.</summary>
internal sealed record Job : IResource
{
    public ObjectMeta Metadata { get; init; } = new();

    public JobSpec Spec { get; init; } = new();

    public JobStatus Status { get; init; } = new();
}
