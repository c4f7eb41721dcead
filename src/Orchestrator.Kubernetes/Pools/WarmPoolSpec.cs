using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>A pool of worker Pods of one kind.</summary>
/// <param name="Name">Its name: a DNS label.</param>
/// <param name="Device">What a worker of it offers: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Max">The most Pods at once.</param>
/// <param name="Template">The Pod: metadata and spec, as in a Deployment's template.</param>
public sealed record WarmPoolSpec(string Name, string Device, int Max, JsonObject Template)
{
    /// <summary>The fewest Pods, also when there is nothing to do.</summary>
    /// <value>The default is 0.</value>
    public int Min { get; init; }

    /// <summary>How long a worker has had nothing to do before it may be removed.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a Pod may take until its worker is registered, and how long experiments wait for a pool that can't grow.</summary>
    /// <value>The default is 15 minutes.</value>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(15);
}
