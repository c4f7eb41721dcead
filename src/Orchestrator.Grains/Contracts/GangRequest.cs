using System.Collections.Immutable;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Grains.Contracts;

/// <summary>What an experiment whose gangs have machines of their own wants of the cluster.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Device">What each rank takes.</param>
/// <param name="WorldSize">Ranks of a gang.</param>
/// <param name="Waiting">How many more gangs it could use.</param>
/// <param name="Running">How many run.</param>
/// <param name="Pool">The pool whose machines theirs are like.</param>
/// <param name="Queue">The cluster's queue; null: none.</param>
/// <param name="RequireTopology">The level that a gang has to be within; null: anywhere.</param>
/// <param name="PreferTopology">The level that it should be within; null: anywhere.</param>
/// <param name="Kind">What a gang is to the cluster.</param>
/// <param name="Scheduler">Who starts its ranks together.</param>
/// <param name="ExcludedHosts">Machines that it must not have.</param>
/// <param name="Memory">What each rank takes of memory, in megabytes; 0: it does not say.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.GangRequest")]
public sealed record GangRequest(
    [property: Id(0)] string Experiment,
    [property: Id(1)] string Device,
    [property: Id(2)] int WorldSize,
    [property: Id(3)] int Waiting,
    [property: Id(4)] int Running,
    [property: Id(5)] string Pool,
    [property: Id(6)] string? Queue,
    [property: Id(7)] string? RequireTopology,
    [property: Id(8)] string? PreferTopology,
    [property: Id(9)] GangKind Kind,
    [property: Id(10)] GangScheduler Scheduler,
    [property: Id(11)] ImmutableArray<string> ExcludedHosts,
    [property: Id(12)] long Memory);
