namespace Orchestrator.Kubernetes.Pools;

/// <summary>What pools need of the coordinator: who works and who waits. A worker's id is the name of its Pod.</summary>
public interface IFleet
{
    /// <summary>The fleet now.</summary>
    Task<FleetView> View(CancellationToken cancellationToken);

    /// <summary>Gives a worker nothing more to do, so that it can be removed.</summary>
    /// <returns>False where it runs something, or is about to: it stays.</returns>
    Task<bool> TryRetire(string worker, CancellationToken cancellationToken);

    /// <summary>What keeps pools from growing, to be shown to those who wait. Said again and again; what is no longer said is over.</summary>
    Task Report(IReadOnlyList<PoolTrouble> troubles, CancellationToken cancellationToken);
}
