namespace Orchestrator.Grains.Contracts;

/// <summary>What became of a deletion, and why.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was not done; null where it was.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.DeletionReply")]
public sealed record DeletionReply(
    [property: Id(0)] DeletionOutcome Outcome,
    [property: Id(1)] string? Reason = null);
