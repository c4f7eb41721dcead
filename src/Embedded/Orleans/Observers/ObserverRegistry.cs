using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The observers that the program has made references to.</summary>
internal sealed class ObserverRegistry(SiloRuntime silo)
{
    private static readonly GrainType Type = GrainType.Create("sys.client");
    private readonly ConcurrentDictionary<GrainId, ObserverContext> _observers = new();

    public GrainReference Add(Type interfaceType, IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is GrainReference) throw new ArgumentException("Argument obj is already a grain reference.", nameof(observer));
        if (observer is IGrainBase) throw new ArgumentException("Argument obj must not be a grain: pass a grain by AsReference.", nameof(observer));
        var grainId = GrainId.Create(Type, Guid.NewGuid().ToString("N"));
        _observers[grainId] = new ObserverContext(silo, grainId, observer);
        return silo.References.Create(interfaceType, grainId);
    }

    /// <param name="observer">The reference, not the object behind it.</param>
    public void Remove(IGrainObserver observer)
    {
        if (observer is not GrainReference reference) throw new ArgumentException("Argument reference is not a grain reference.", nameof(observer));
        if (_observers.TryGetValue(reference.GrainId, out var context)) context.Remove();
    }

    public void Forget(GrainId grainId) => _observers.TryRemove(grainId, out _);

    /// <exception cref="ClientNotAvailableException">It is the id of an observer that is no more.</exception>
    public ObserverContext? Find(GrainId grainId)
    {
        if (grainId.Type != Type) return null;
        return _observers.TryGetValue(grainId, out var context) ? context : throw new ClientNotAvailableException(grainId);
    }
}
