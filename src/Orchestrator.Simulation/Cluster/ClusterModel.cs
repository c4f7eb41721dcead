namespace Orchestrator.Simulation.Cluster;

/// <summary>The machines of a simulated cluster and what goes wrong with them.</summary>
/// <param name="Workers">Workers, one on each device, at least 1.</param>
public sealed record ClusterModel(int Workers)
{
    /// <summary>Workers on each host.</summary>
    public int WorkersPerHost { get; init; } = 8;

    /// <summary>Hosts in each rack.</summary>
    public int HostsPerRack { get; init; } = 16;

    /// <summary>The part of the workers that are slow, 0 to 1.</summary>
    public double Stragglers { get; init; }

    /// <summary>How many times longer a slow worker takes.</summary>
    public double StragglerSlowdown { get; init; } = 3;

    /// <summary>The mean time between two deaths of a worker; null: none dies. Exponentially distributed.</summary>
    public TimeSpan? MeanTimeToFailure { get; init; }

    /// <summary>The mean time between two withdrawals of a worker by its owner, who lets it save first; null: none. Exponentially distributed.</summary>
    public TimeSpan? MeanTimeToPreemption { get; init; }

    /// <summary>How long a worker is away after either, on average. Exponentially distributed.</summary>
    public TimeSpan MeanRepair { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it takes to notice that a worker is dead.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);
}
