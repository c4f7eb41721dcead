using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Pools;

/// <summary>How workers are watched and shared in this deployment.</summary>
public sealed class PoolOptions
{
    /// <summary>A worker that is not heard for this long is lost.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a worker is to be heard.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Queues, capacity and preemption, as the operator declared them.</summary>
    /// <value>The default is a pool without declared queues.</value>
    public PoolSpec Pool { get; set; } = new();

    internal PoolSettings Settings => new(Lease) { Queues = Pool.Queues, Capacity = Pool.Capacity, Preemption = Pool.Preemption };

    /// <summary>Of a pool that one experiment has for itself: the cluster shares its machines, and they come when it gives them.</summary>
    internal PoolSettings DedicatedSettings => new(Lease) { Capacity = Enum.GetValues<DeviceKind>().ToDictionary(kind => kind, _ => int.MaxValue) };
}
