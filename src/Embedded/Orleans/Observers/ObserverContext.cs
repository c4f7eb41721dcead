namespace Orleans.Runtime;

/// <summary>An observer that can be called. It is held weakly, as upstream: its owner decides how long it lives.</summary>
internal sealed class ObserverContext(SiloRuntime silo, GrainId grainId, IGrainObserver observer) : RequestScheduler(silo)
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);

    public override GrainId GrainId => grainId;
    protected override Admission Admission => IsAlive ? Admission.Run : Admission.Forward;

    public override TTarget Instance<TTarget>()
    {
        if (_observer.TryGetTarget(out var target)) return (TTarget)target;
        Remove();
        throw Gone();
    }

    public void Remove()
    {
        MarkGone();
        Silo.Observers.Forget(GrainId);
    }

    protected override void Forward(GrainRequest request) => request.Reject(Gone());

    private ClientNotAvailableException Gone() => new(GrainId);
}
