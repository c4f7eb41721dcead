namespace Orchestrator.Kubernetes.Pools;

/// <summary>What a pool sees of a Pod.</summary>
/// <param name="Name">Its name, which is its worker's id.</param>
/// <param name="Uid">Tells it from another one of its name.</param>
/// <param name="Pool">The pool that it is of.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record PodView(string Name, string Uid, string Pool, PodStage Stage, DateTimeOffset CreatedAt)
{
    /// <summary>Its node; null: none yet.</summary>
    public string? Node { get; init; }

    /// <summary>Why it does not start, or how it failed, in the cluster's words; null: nothing is wrong.</summary>
    public string? Trouble { get; init; }
}
