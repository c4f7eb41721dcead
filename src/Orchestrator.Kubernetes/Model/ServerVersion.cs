namespace Orchestrator.Kubernetes.Model;

/// <summary>The answer to <c>/version</c>.</summary>
internal sealed record ServerVersion
{
    public string GitVersion { get; init; } = "";
}
