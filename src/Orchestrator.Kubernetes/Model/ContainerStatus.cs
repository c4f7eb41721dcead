namespace Orchestrator.Kubernetes.Model;

/// <summary>What has become of a container.</summary>
internal sealed record ContainerStatus
{
    public string Name { get; init; } = "";

    public ContainerState? State { get; init; }
}
