namespace Orchestrator.Grains.Contracts;

/// <summary>What an experiment tells the pool, again and again.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Gangs">How many more gangs it could use.</param>
/// <param name="WorldSize">Slots in each.</param>
/// <param name="Device">The kind of slot.</param>
/// <param name="Running">What it believes to be running.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.PoolRequest")]
public sealed record PoolRequest(
    [property: Id(0)] string Experiment,
    [property: Id(1)] int Gangs,
    [property: Id(2)] int WorldSize,
    [property: Id(3)] string Device,
    [property: Id(4)] IReadOnlyList<RunningAttempt> Running);
