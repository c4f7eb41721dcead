namespace Orchestrator.Grains.Contracts;

/// <summary>An attempt that is to end at a checkpoint, so that others get its slots.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">Why, for people.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.PreemptedAttempt")]
public sealed record PreemptedAttempt(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] string Reason);
