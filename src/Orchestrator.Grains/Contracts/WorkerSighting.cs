namespace Orchestrator.Grains.Contracts;

/// <summary>A worker was heard.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Busy">What it runs or is to run; null when idle.</param>
/// <param name="IsLeaving">Whether it takes nothing more.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.WorkerSighting")]
public sealed record WorkerSighting(
    [property: Id(0)] WorkerRegistration Worker,
    [property: Id(1)] AttemptKey? Busy,
    [property: Id(2)] bool IsLeaving = false);
