namespace Orchestrator.Kubernetes.Client;

/// <summary>How the API server says what went wrong.</summary>
internal sealed record ApiStatus
{
    public string? Message { get; init; }

    public string? Reason { get; init; }

    public int Code { get; init; }
}
