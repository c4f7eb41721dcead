using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Simulation.Cluster;

/// <summary>A machine's slot in a simulation; each time it comes back it has another id, as a restarted process does.</summary>
internal sealed class SimulatedWorker(int index, ClusterModel cluster, double slowdown)
{
    private int _lives;

    /// <summary>How many times longer an epoch takes on it.</summary>
    public double Slowdown { get; } = slowdown;

    public SimulatedRun? Run { get; set; }

    public bool IsAlive { get; private set; }

    public WorkerOffer Offer { get; private set; } = null!;

    public void Start()
    {
        var host = index / cluster.WorkersPerHost;
        var rack = host / cluster.HostsPerRack;
        Offer = new WorkerOffer(new WorkerId($"w{index}.{++_lives}"), $"h{host}", DeviceKind.Cuda) { Rack = $"r{rack}" };
        IsAlive = true;
    }

    public void End() => IsAlive = false;
}
