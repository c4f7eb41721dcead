using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Cluster;

/// <summary>What is simulated. The same plan gives the same result.</summary>
/// <param name="Cluster">The machines.</param>
/// <param name="Training">What trials do.</param>
/// <param name="Sweeps">Who submits what.</param>
public sealed record SimulationPlan(ClusterModel Cluster, TrainingModel Training, IReadOnlyList<SimulatedSweep> Sweeps)
{
    /// <summary>The teams' queues.</summary>
    public PoolSpec Pool { get; init; } = new();

    /// <summary>It ends here at the latest.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The seed of the machines' failures and speeds.</summary>
    public long Seed { get; init; }
}
