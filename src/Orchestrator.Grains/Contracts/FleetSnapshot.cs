using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>Who works and who waits, for those that start and end workers.</summary>
/// <param name="Workers">The workers that are alive.</param>
/// <param name="Wanted">How many more slots could be used now, by kind of device.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.FleetSnapshot")]
public sealed record FleetSnapshot(
    [property: Id(0)] ImmutableArray<FleetMember> Workers,
    [property: Id(1)] ImmutableDictionary<string, int> Wanted);
