namespace Orchestrator.Kubernetes.Model;

/// <summary>Why a container does not run yet.</summary>
internal sealed record ContainerWaiting
{
    /// <summary>Such as <c>ContainerCreating</c> or <c>ImagePullBackOff</c>.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }
}
