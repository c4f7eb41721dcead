namespace Orchestrator.Kubernetes.Pools;

/// <summary>Which nodes to avoid, because Pods failed on them again and again.</summary>
internal sealed class NodeFailures
{
    /// <summary>How many failures within <see cref="Window"/> are too many.</summary>
    public const int TooMany = 3;

    private const int MaxAvoided = 64;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How long a node is avoided.</summary>
    public static readonly TimeSpan AvoidFor = TimeSpan.FromHours(1);

    private readonly Dictionary<string, List<DateTimeOffset>> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _avoided = new(StringComparer.Ordinal);

    /// <summary>A Pod failed on a node.</summary>
    public void Failed(string node, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(node, out var times)) _failures[node] = times = [];
        times.RemoveAll(t => now - t > Window);
        times.Add(now);
        if (times.Count < TooMany) return;
        _avoided[node] = now + AvoidFor;
        _failures.Remove(node);
    }

    /// <summary>The nodes to avoid, by name; the newest where there are too many to name.</summary>
    public IReadOnlyList<string> Avoided(DateTimeOffset now)
    {
        foreach (var (node, until) in _avoided)
        {
            if (until <= now) _avoided.Remove(node);
        }
        return [.. _avoided.OrderByDescending(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal).Take(MaxAvoided).Select(a => a.Key).Order(StringComparer.Ordinal)];
    }
}
