using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes.Model;

/// <summary>What a Job is to be. Fields that the server does not know come back unset.</summary>
internal sealed record JobSpec
{
    public int? Parallelism { get; init; }

    public string? CompletionMode { get; init; }

    /// <summary>Whether it is held back: it has no Pods then.</summary>
    public bool? Suspend { get; init; }

    public string? PodReplacementPolicy { get; init; }

    public JsonObject? PodFailurePolicy { get; init; }

    public int? TtlSecondsAfterFinished { get; init; }
}
