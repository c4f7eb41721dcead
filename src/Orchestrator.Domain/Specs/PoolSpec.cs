namespace Orchestrator.Domain.Specs;

/// <summary>How a deployment shares its workers: what an operator declared.</summary>
public sealed record PoolSpec
{
    /// <summary>The teams' queues. None: each queue that an experiment names comes into being, with weight 1 and no quota.</summary>
    public IReadOnlyList<QueueSpec> Queues { get; init; } = [];

    /// <summary>How many devices of a kind there can ever be; a kind that is not here: unknown.</summary>
    public IReadOnlyDictionary<DeviceKind, int> Capacity { get; init; } = new Dictionary<DeviceKind, int>();

    /// <summary>Whether attempts are ended at a checkpoint for those that have more right to their slots.</summary>
    public bool Preemption { get; init; } = true;
}
