using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The grains that are in memory.</summary>
internal sealed class Catalog(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();

    public int Count => _activations.Count;

    /// <summary>Who takes the requests for a grain; a new activation if there is none, which the first request begins.</summary>
    public RequestTarget Resolve(GrainId grainId)
    {
        if (_activations.TryGetValue(grainId, out var known)) return known;
        if (silo.Observers.Find(grainId) is { } observer) return observer;
        return _activations.GetOrAdd(grainId, static (id, silo) => new Activation(silo, silo.Manifest.ClassOf(id.Type), id), silo);
    }

    public Activation? Find(GrainId grainId) => _activations.GetValueOrDefault(grainId);

    public void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    public void CollectIdle()
    {
        foreach (var (_, activation) in _activations) activation.CollectIfIdle();
    }

    /// <summary>Deactivates everything, again and again while requests that are still under way bring grains back.</summary>
    public async Task DrainAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (!_activations.IsEmpty)
            await Task.WhenAll(_activations.Values.Select(a => a.DeactivateAsync(reason, cancellationToken))).WaitAsync(cancellationToken);
    }
}
