namespace Orchestrator.Grains.Contracts;

/// <summary>The device time that an experiment used on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Time">All of that day so far, added over devices.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.DayUse")]
public sealed record DayUse(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] TimeSpan Time);
