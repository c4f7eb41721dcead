namespace Orchestrator.Kubernetes.Pools;

/// <summary>Which pool supplies what is wanted: those of the kind in the order of the file; what one can't give, the next one may.</summary>
internal static class DemandSplit
{
    /// <summary>A pool in trouble for this long is not waited for where another one could supply.</summary>
    public static readonly TimeSpan Overflow = TimeSpan.FromMinutes(1);

    /// <summary>For each pool, in order, how many slots are wanted from it.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<WarmPool> pools, IReadOnlyDictionary<string, int> waiting, DateTimeOffset now)
    {
        var left = new Dictionary<string, int>(waiting, StringComparer.Ordinal);
        var shares = new int[pools.Count];
        for (var i = 0; i < pools.Count; i++)
        {
            var pool = pools[i];
            var want = left.GetValueOrDefault(pool.Spec.Device);
            shares[i] = Math.Min(want, Math.Max(0, pool.Spec.Max - pool.Busy));
            if (pool.Trouble is { } trouble && now - trouble.Since >= Overflow) continue; // it goes on trying, and the next one tries too
            left[pool.Spec.Device] = want - shares[i];
        }
        return shares;
    }
}
