namespace Orchestrator.Domain.Specs;

/// <summary>When a trial is checkpointed and what is kept.</summary>
/// <param name="Every">Epochs between checkpoints, at least 1.</param>
/// <param name="Keep">How many of the newest are kept, at least 1; the best one is kept besides.</param>
public sealed record CheckpointSpec(int Every = 1, int Keep = 2)
{
    /// <summary>What is kept besides; null: nothing.</summary>
    public IReadOnlyList<ArtifactKind>? Artifacts { get; init; }
}
