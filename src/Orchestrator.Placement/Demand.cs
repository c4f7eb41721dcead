using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>How many gangs an experiment could use now, beyond those it has.</summary>
/// <param name="Gangs">The number of gangs, 0 or more.</param>
/// <param name="WorldSize">Slots in each gang, at least 1.</param>
/// <param name="Device">The kind of slot.</param>
public sealed record Demand(int Gangs, int WorldSize, DeviceKind Device);
