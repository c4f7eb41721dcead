namespace Orchestrator.Simulation.Cluster;

/// <summary>One cluster of a scaling study.</summary>
/// <param name="Workers">Its workers.</param>
/// <param name="Evaluated">Configurations that were trained to their end or stopped.</param>
/// <param name="Trained">Those that were trained to their end.</param>
/// <param name="BestLoss">The least loss.</param>
/// <param name="Speedup">Evaluated, over those of the smallest cluster.</param>
/// <param name="Efficiency">The speed-up over the workers: 1 is linear.</param>
public sealed record ScalingPoint(int Workers, long Evaluated, long Trained, double? BestLoss, double Speedup, double Efficiency);
