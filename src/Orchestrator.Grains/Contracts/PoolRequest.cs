using System.Collections.Immutable;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Grains.Contracts;

/// <summary>What an experiment tells the pool, again and again.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Gangs">How many more gangs it could use.</param>
/// <param name="WorldSize">Slots in each.</param>
/// <param name="Device">The kind of slot.</param>
/// <param name="Running">What it believes to be running.</param>
/// <param name="Queue">The team's queue.</param>
/// <param name="Priority">Its priority there.</param>
/// <param name="DeviceShare">What each slot takes of a device, in thousandths.</param>
/// <param name="Prefer">How near to one another slots should be.</param>
/// <param name="Require">How near they have to be; null: anywhere.</param>
/// <param name="ExcludedHosts">Hosts that it must not have.</param>
/// <param name="Memory">What each slot takes of its host's memory, in megabytes; 0: it does not say.</param>
/// <param name="Used">What it used, of all days or of those that may have changed since it said so.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.PoolRequest")]
public sealed record PoolRequest(
    [property: Id(0)] string Experiment,
    [property: Id(1)] int Gangs,
    [property: Id(2)] int WorldSize,
    [property: Id(3)] string Device,
    [property: Id(4)] ImmutableArray<RunningAttempt> Running,
    [property: Id(5)] string Queue,
    [property: Id(6)] int Priority,
    [property: Id(7)] int DeviceShare,
    [property: Id(8)] TopologyLevel Prefer,
    [property: Id(9)] TopologyLevel? Require,
    [property: Id(10)] ImmutableArray<string> ExcludedHosts,
    [property: Id(12)] long Memory,
    [property: Id(11)] ImmutableArray<DayUse> Used);
