using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The grains that are in memory.</summary>
internal sealed class Catalog(SiloRuntime silo) : IActivationHome
{
    private readonly ConcurrentDictionary<GrainId, RequestTarget> _targets = new();

    public IEnumerable<GrainId> GrainIds => Activations.Select(a => a.GrainId);

    private IEnumerable<Activation> Activations => _targets.Values.SelectMany(t => t switch
    {
        Activation activation => [activation],
        StatelessWorkers workers => workers.Workers(),
        _ => [],
    });

    /// <summary>Who takes the requests for a grain; a new activation if there is none, which the first request begins.</summary>
    public RequestTarget Resolve(GrainId grainId)
    {
        if (_targets.TryGetValue(grainId, out var known)) return known;
        if (silo.Observers.Find(grainId) is { } observer) return observer;
        return _targets.GetOrAdd(grainId, static (id, catalog) => catalog.Create(id), this);
    }

    public void Remove(Activation activation) => _targets.TryRemove(KeyValuePair.Create(activation.GrainId, (RequestTarget)activation));

    public void Forward(GrainRequest request, GrainId grainId) => Resolve(grainId).Send(request);

    public void CollectIdle()
    {
        foreach (var activation in Activations) activation.CollectIfIdle();
    }

    /// <summary>Deactivates everything, again and again while requests that are still under way bring grains back.</summary>
    public async Task DrainAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (Activations.ToList() is { Count: > 0 } all)
            await Task.WhenAll(all.Select(a => a.DeactivateAsync(reason, cancellationToken))).WaitAsync(cancellationToken);
    }

    private RequestTarget Create(GrainId grainId)
    {
        var grainClass = silo.Manifest.ClassOf(grainId.Type);
        return grainClass.MaxWorkers is { } maxWorkers
            ? new StatelessWorkers(silo, grainClass, grainId, maxWorkers)
            : new Activation(silo, grainClass, grainId, this);
    }
}
