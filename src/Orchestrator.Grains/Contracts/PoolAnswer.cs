namespace Orchestrator.Grains.Contracts;

/// <summary>What the pool knows that concerns an experiment.</summary>
/// <param name="Lost">Attempts that can't be running.</param>
/// <param name="WaitsFor">Why its demand is not met, for people; null where it is.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.PoolAnswer")]
public sealed record PoolAnswer(
    [property: Id(0)] IReadOnlyList<LostAttempt> Lost,
    [property: Id(1)] string? WaitsFor);
