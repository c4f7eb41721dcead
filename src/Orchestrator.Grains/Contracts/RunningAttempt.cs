using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>An attempt that an experiment believes to be running.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Workers">The workers whose rank has not ended.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.RunningAttempt")]
public sealed record RunningAttempt(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] ImmutableArray<string> Workers);
