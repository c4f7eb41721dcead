namespace Orchestrator.Kubernetes.Model;

/// <summary>What keeps Pods off a node that do not tolerate it.</summary>
internal sealed record Taint
{
    public string Key { get; init; } = "";

    public string? Value { get; init; }

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
    public string Effect { get; init; } = "";
}
