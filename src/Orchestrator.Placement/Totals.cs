namespace Orchestrator.Placement;

/// <summary>What a pool has of each resource that teams share.</summary>
/// <param name="Devices">Devices, by kind.</param>
/// <param name="Memory">Memory of hosts, in megabytes.</param>
internal readonly record struct Totals(int[] Devices, long Memory);
