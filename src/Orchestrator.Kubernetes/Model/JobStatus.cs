namespace Orchestrator.Kubernetes.Model;

/// <summary>What has become of a Job.</summary>
internal sealed record JobStatus
{
    /// <summary>How many of its Pods ended in order.</summary>
    public int? Succeeded { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
