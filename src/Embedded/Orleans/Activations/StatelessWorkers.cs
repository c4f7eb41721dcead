namespace Orleans.Runtime;

/// <summary>The activations of one stateless worker grain. A request goes to an idle one, to a new one while there may be more, or else round robin.</summary>
internal sealed class StatelessWorkers(SiloRuntime silo, GrainClass grainClass, GrainId grainId, int maxWorkers) : RequestTarget, IActivationHome
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private int _next;

    public override GrainId GrainId => grainId;

    public override void Send(GrainRequest request)
    {
        // The choice and the handing over are one step: another thread must not find the same worker idle in between.
        lock (_gate) Choose().Send(request);
    }

    public void Remove(Activation activation)
    {
        lock (_gate) _workers.Remove(activation);
    }

    public void Forward(GrainRequest request, GrainId grainId) => Send(request);

    public IReadOnlyCollection<Activation> Workers()
    {
        lock (_gate) return [.. _workers];
    }

    private Activation Choose()
    {
        if (_workers.Find(w => w.LooksIdle) is { } idle) return idle;
        if (_workers.Count >= maxWorkers) return _workers[_next++ % _workers.Count];
        var created = new Activation(silo, grainClass, grainId, this);
        _workers.Add(created);
        return created;
    }
}
