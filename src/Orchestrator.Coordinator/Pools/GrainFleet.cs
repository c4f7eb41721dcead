using Orchestrator.Grains.Contracts;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Coordinator.Pools;

/// <summary>The fleet as the pool's grain knows it.</summary>
internal sealed class GrainFleet(IGrainFactory grains) : IFleet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IPoolGrain Pool => grains.GetGrain<IPoolGrain>(IPoolGrain.Default);

    public async Task<FleetView> View(CancellationToken cancellationToken)
    {
        var fleet = await Pool.Fleet().WaitAsync(Patience, cancellationToken);
        return new FleetView(fleet.Workers.ToDictionary(w => w.Worker, w => new FleetWorker(w.Worker, w.IsBusy), StringComparer.Ordinal), fleet.Wanted);
    }

    public Task<bool> TryRetire(string worker, CancellationToken cancellationToken) => Pool.TryRetire(worker).WaitAsync(Patience, cancellationToken);

    public Task Report(IReadOnlyList<PoolTrouble> troubles, CancellationToken cancellationToken) =>
        Pool.SetShortages([.. troubles.GroupBy(t => t.Device, StringComparer.Ordinal).Select(Shortage)]).WaitAsync(Patience, cancellationToken);

    private static Shortage Shortage(IGrouping<string, PoolTrouble> troubles)
    {
        var words = troubles.Select(t => $"Pool '{t.Pool}' can't grow since {t.Since:HH:mm:ss}Z: {t.Text}");
        return new Shortage(troubles.Key, string.Join(' ', words), troubles.All(t => t.IsOver));
    }
}
