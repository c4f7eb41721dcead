using System.Collections.Concurrent;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Benchmarks;

/// <summary>A fleet whose every worker runs something.</summary>
internal sealed class BusyFleet : IFleet, IGangFleet
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

    public Task<IReadOnlyList<GangDemand>> Demands(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<GangDemand>>([]);

    public Task Report(IReadOnlyList<GangTrouble> troubles, CancellationToken cancellationToken) => Task.CompletedTask;
}
