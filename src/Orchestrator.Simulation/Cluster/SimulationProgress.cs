namespace Orchestrator.Simulation.Cluster;

/// <summary>How far a simulation is.</summary>
/// <param name="Time">Virtual time.</param>
/// <param name="TrialsEnded">Trials that have reached a terminal state.</param>
/// <param name="TrialsPlanned">Trials in all; null: unbounded.</param>
/// <param name="Running">Workers that train.</param>
public readonly record struct SimulationProgress(TimeSpan Time, long TrialsEnded, long? TrialsPlanned, int Running);
