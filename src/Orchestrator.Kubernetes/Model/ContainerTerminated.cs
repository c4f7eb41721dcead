namespace Orchestrator.Kubernetes.Model;

/// <summary>How a container ended.</summary>
internal sealed record ContainerTerminated
{
    public int ExitCode { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }
}
