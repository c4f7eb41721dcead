namespace Orchestrator.Simulation.Cluster;

/// <summary>How long the gangs of one world size waited for their slots, from when their experiment's turn began to count.</summary>
/// <param name="WorldSize">Slots of a gang.</param>
/// <param name="Gangs">How many were formed.</param>
/// <param name="MeanSeconds">On average.</param>
/// <param name="LongestSeconds">At most.</param>
public sealed record GangWaits(int WorldSize, long Gangs, double MeanSeconds, double LongestSeconds);
