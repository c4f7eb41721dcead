namespace Orchestrator.Kubernetes.Model;

/// <summary>One of its parts is there.</summary>
internal sealed record ContainerState
{
    public ContainerWaiting? Waiting { get; init; }

    public ContainerTerminated? Terminated { get; init; }
}
