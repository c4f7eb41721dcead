using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Coordinator.Pools;

/// <summary>What experiments with machines of their own want, as the grains know it.</summary>
internal sealed class GrainGangFleet(IGrainFactory grains) : IGangFleet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<GangDemand>> Demands(CancellationToken cancellationToken)
    {
        var gangs = grains.GetGrain<IGangsGrain>(IGangsGrain.Default);
        var requests = await gangs.List().WaitAsync(Patience, cancellationToken);
        return await Task.WhenAll(requests.Select(async request => Demand(request, await Pool(request.Experiment).Fleet().WaitAsync(Patience, cancellationToken))));
    }

    public async Task Report(IReadOnlyList<GangTrouble> troubles, CancellationToken cancellationToken)
    {
        foreach (var trouble in troubles)
        {
            _told.Add(trouble.Experiment);
            var text = $"No gang of it has started since {trouble.Since:HH:mm:ss}Z: {trouble.Text}";
            await Pool(trouble.Experiment).SetShortages([new Shortage(trouble.Device, text, trouble.IsOver)]).WaitAsync(Patience, cancellationToken);
        }
        foreach (var over in _told.Except(troubles.Select(t => t.Experiment), StringComparer.Ordinal).ToList())
        {
            _told.Remove(over);
            await Pool(over).SetShortages([]).WaitAsync(Patience, cancellationToken);
        }
    }

    private IPoolGrain Pool(string experiment) => grains.GetGrain<IPoolGrain>(PoolNames.Of(experiment));

    private static GangDemand Demand(GangRequest request, FleetSnapshot fleet) => new(
        request.Experiment, GangRequests.Spec(request), request.Device, request.WorldSize, request.Waiting,
        fleet.Workers.ToDictionary(w => w.Worker, w => new FleetWorker(w.Worker, w.IsBusy), StringComparer.Ordinal))
    {
        ExcludedNodes = request.ExcludedHosts,
        Memory = request.Memory,
    };
}
