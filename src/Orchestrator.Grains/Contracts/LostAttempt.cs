namespace Orchestrator.Grains.Contracts;

/// <summary>An attempt that can't be running any more.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Worker">The worker that is gone or runs something else.</param>
/// <param name="HasLeft">Whether it left in order.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.LostAttempt")]
public sealed record LostAttempt(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] string Worker,
    [property: Id(2)] bool HasLeft);
