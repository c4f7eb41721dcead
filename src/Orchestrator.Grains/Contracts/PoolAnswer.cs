using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>What the pool knows that concerns an experiment.</summary>
/// <param name="Lost">Attempts that can't be running.</param>
/// <param name="Waiting">Why its demand is not met; null where it is.</param>
/// <param name="Preempted">Attempts that are to end at a checkpoint.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.PoolAnswer")]
public sealed record PoolAnswer(
    [property: Id(0)] ImmutableArray<LostAttempt> Lost,
    [property: Id(1)] WaitingView? Waiting,
    [property: Id(2)] ImmutableArray<PreemptedAttempt> Preempted);
