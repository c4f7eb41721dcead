using System.Collections.Concurrent;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Benchmarks;

/// <summary>A fleet whose every worker runs something.</summary>
internal sealed class BusyFleet : IFleet
{
    private static readonly Dictionary<string, int> Nobody = [];

    public ConcurrentDictionary<string, FleetWorker> Workers { get; } = new(StringComparer.Ordinal);

    /// <summary>How often it was looked at: once for each round.</summary>
    public int Rounds { get; private set; }

    public Task<FleetView> View(CancellationToken cancellationToken)
    {
        Rounds++;
        return Task.FromResult(new FleetView(Workers.AsReadOnly(), Nobody));
    }

    public Task<bool> TryRetire(string worker, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task Report(IReadOnlyList<PoolTrouble> troubles, CancellationToken cancellationToken) => Task.CompletedTask;
}
