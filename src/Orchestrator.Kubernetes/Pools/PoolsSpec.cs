namespace Orchestrator.Kubernetes.Pools;

/// <summary>The pools of an installation.</summary>
/// <param name="Installation">Its name, by which its Pods are known: a label value.</param>
/// <param name="Pools">The pools, those to be used first in front.</param>
public sealed record PoolsSpec(string Installation, IReadOnlyList<WarmPoolSpec> Pools)
{
    /// <summary>The ConfigMap that goes when the installation goes, and with it every Pod; null: none.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether nodes are watched, for which a role of the whole cluster is needed.</summary>
    public bool WatchNodes { get; init; } = true;

    /// <summary>Whether experiments may have gangs with machines of their own, for which Jobs are created.</summary>
    public bool Dedicated { get; init; }

    /// <summary>How many workers of each kind there can be at most.</summary>
    public IReadOnlyDictionary<string, int> Capacity => Pools.GroupBy(p => p.Device, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(p => p.Max), StringComparer.Ordinal);
}
