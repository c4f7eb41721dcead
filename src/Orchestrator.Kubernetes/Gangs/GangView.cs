using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>What is seen of a gang's Job.</summary>
/// <param name="Name">Its name, which is the gang's.</param>
/// <param name="Experiment">Whose gang it is.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record GangView(string Name, string Experiment, DateTimeOffset CreatedAt)
{
    /// <summary>What the cluster knows it by: <c>Job</c>, or <c>JobSet</c> where the Job is part of one.</summary>
    public string Kind { get; init; } = "Job";

    /// <summary>Whether it was deleted and is on its way out.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>Whether someone, such as a quota system, holds it back.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether a rank of it has ended in order: its trial is over.</summary>
    public bool IsEnding { get; init; }

    /// <summary>How it ended; null: not yet.</summary>
    public GangEnd? End { get; init; }

    /// <summary>Its Pods.</summary>
    public IReadOnlyList<PodView> Pods { get; init; } = [];
}
