namespace Orchestrator.Simulation.Cluster;

/// <summary>What a team's queue had of the workers' time while all teams wanted more.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Fair">Its weight's part, 0 to 1.</param>
/// <param name="Had">The part that it had, 0 to 1; 0 where there was no such time.</param>
public sealed record TeamShare(string Queue, double Fair, double Had);
