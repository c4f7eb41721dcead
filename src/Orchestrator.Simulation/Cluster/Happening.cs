namespace Orchestrator.Simulation.Cluster;

/// <summary>Something that is planned in a simulation.</summary>
internal readonly record struct Happening(HappeningKind Kind, SimulatedRun? Run = null, int Index = 0);
