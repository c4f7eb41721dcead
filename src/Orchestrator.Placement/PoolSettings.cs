using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>How a pool shares its workers.</summary>
/// <param name="Lease">A worker that is not heard for this long is lost.</param>
public sealed record PoolSettings(TimeSpan Lease)
{
    /// <summary>The teams' queues. None: each queue that an experiment names comes into being, with weight 1 and no quota.</summary>
    public IReadOnlyList<QueueSpec> Queues { get; init; } = [];

    /// <summary>How many devices of a kind the pool can ever have; a kind that is not here: unknown.</summary>
    public IReadOnlyDictionary<DeviceKind, int> Capacity { get; init; } = new Dictionary<DeviceKind, int>();

    /// <summary>
    /// Where <see cref="Capacity"/> is unknown, the pool has grown up when no worker has joined for this long; a gang bigger than it has ever been can then never fit.
    /// </summary>
    public TimeSpan GrownUpAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One more in priority goes before what has waited this much longer, so that low priorities wait long but not for ever.</summary>
    public TimeSpan Aging { get; init; } = TimeSpan.FromHours(1);

    /// <summary>An attempt that has run for less is not ended for another queue's fair share. (It is for a higher priority.)</summary>
    public TimeSpan MinimumRun { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether attempts are ended at a checkpoint for those that have more right to their slots.</summary>
    public bool Preemption { get; init; } = true;
}
