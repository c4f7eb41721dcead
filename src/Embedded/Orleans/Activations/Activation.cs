using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>One grain in memory: it is activated before its first request, and deactivated after its last.</summary>
internal sealed class Activation : RequestScheduler, IGrainContext
{
    // A grain that leaves whenever it is activated would pass a request on for ever.
    private const int MaxForwards = 100;

    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GrainClass _class;
    private readonly IActivationHome _home;
    private readonly List<IActivationPart> _parts = [];
    private object? _instance;
    private AsyncServiceScope? _scope;
    private DeactivationReason? _leaving;
    private ActivationPhase _phase;
    private long _keepUntil;

    public Activation(SiloRuntime silo, GrainClass grainClass, GrainId grainId, IActivationHome home) : base(silo)
    {
        _class = grainClass;
        _home = home;
        GrainId = grainId;
        GrainReference = silo.References.CreateUntyped(grainId);
        Touch();
    }

    public override GrainId GrainId { get; }
    public GrainReference GrainReference { get; }
    public object? GrainInstance => _instance;
    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.Services;
    public Task Deactivated => _deactivated.Task;

    public override bool IsFiltered => Silo.Filters.Incoming.Length > 0 || _class.IsFilter;

    protected override bool IsReentrant => _class.IsReentrant;
    protected override int QueueLimit => _class.MaxWorkers is null ? Silo.QueueLimit : Silo.WorkerQueueLimit;

    protected override Admission Admission => _phase switch
    {
        // A silo that stops lets its grains finish what they were asked; there is nobody to hand it to.
        ActivationPhase.Active when _leaving is null or { ReasonCode: DeactivationReasonCode.ShuttingDown } => Admission.Run,
        ActivationPhase.Gone => Admission.Forward,
        _ => Admission.Hold,
    };

    /// <value>When a request was last taken, rounded up to the next collection.</value>
    private long LastUsed { get; set; }

    public override TTarget Instance<TTarget>()
    {
        Touch();
        return (TTarget)_instance!;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        var leave = new Leave(deactivationReason);
        // From within, it counts from now: requests that are queued already go to the successor.
        if (RuntimeContext.Current == this) OnSignal(leave);
        else Turns.Enqueue(leave);
    }

    /// <summary>Adds a part that starts before the grain and stops with it. Only while the grain is constructed or runs a turn.</summary>
    public void Add(IActivationPart part) => _parts.Add(part);

    public void Remove(IActivationPart part) => _parts.Remove(part);

    public void DelayDeactivation(TimeSpan timeSpan) =>
        _keepUntil = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan ? long.MaxValue : Silo.Soon + timeSpan.Ticks;

    /// <summary>Marks the activation as in use, so that it is not collected as idle.</summary>
    public void Touch() => LastUsed = Silo.Soon;

    /// <summary>Deactivates if nothing was asked of the activation for its collection age. May be called from any thread.</summary>
    public void CollectIfIdle()
    {
        if (Silo.Now - LastUsed >= _class.CollectionAge.Ticks && Silo.Now >= _keepUntil) Turns.Enqueue(Collect.Instance);
    }

    public override void OnStaleState(Exception exception) =>
        Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The state in memory is older than the stored one."));

    protected override void OnSignal(object item)
    {
        switch (item)
        {
            case Leave leave:
                _leaving ??= leave.Reason;
                break;
            case Collect when IsIdle && Silo.Now - LastUsed >= _class.CollectionAge.Ticks:
                _leaving ??= new(DeactivationReasonCode.ActivationIdle, "The activation was idle for its collection age.");
                break;
            default:
                break;
        }
        LeaveIfDone();
    }

    // The first request begins the activation, so that one that fails has a request to fail.
    protected override void OnHeld()
    {
        if (_phase == ActivationPhase.Created) Run(ActivateAsync());
    }

    protected override void AfterRequest(GrainRequest request)
    {
        if (!request.IsForOneActivation) Touch();
        LeaveIfDone();
    }

    protected override void Forward(GrainRequest request)
    {
        if (request.IsForOneActivation || request.IsSettled) request.Drop();
        else if (request.Forwards++ < MaxForwards) _home.Forward(request, GrainId);
        else request.Reject(new OrleansMessageRejectionException($"{request.DisplayName} met {MaxForwards} activations that were about to leave."));
    }

    private void LeaveIfDone()
    {
        if (_leaving is not { } reason || Running > 0) return;
        if (_phase == ActivationPhase.Active && (IsIdle || Admission != Admission.Run)) Run(DeactivateAsync(reason));
        else if (_phase == ActivationPhase.Created) Run(LeaveAsync());
    }

    // Both handle their own errors: what remains is a fault of the library, which must be seen.
    private void Run(Task task) => _ = task.ContinueWith(
        t => Silo.LogActivationFault(GrainId, t.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private async Task ActivateAsync()
    {
        _phase = ActivationPhase.Activating;
        try
        {
            using var limit = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
            _scope = Silo.Services.CreateAsyncScope();
            _instance = _class.CreateInstance(this);
            foreach (var part in _parts.ToArray()) await part.StartAsync(limit.Token);
            if (_instance is IGrainBase grain) await OnActivateAsync(grain, limit.Token);
            _phase = ActivationPhase.Active;
        }
        catch (Exception exception)
        {
            Silo.LogActivationFailed(GrainId, exception);
            await LeaveAsync();
            foreach (var request in TakeAllWaiting()) request.Reject(exception);
            return;
        }
        StartWaiting();
        LeaveIfDone();
    }

    private static async Task OnActivateAsync(IGrainBase grain, CancellationToken limit)
    {
        try
        {
            await (grain is Grain g ? g.OnActivateAsync(limit) : grain.OnActivateAsync(limit)).WaitAsync(limit);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{grain.GetType()} did not activate on time.", exception);
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        _phase = ActivationPhase.Deactivating;
        foreach (var part in _parts.ToArray()) part.Stop();
        try
        {
            using var limit = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
            if (_instance is IGrainBase grain)
                await (grain is Grain g ? g.OnDeactivateAsync(reason, limit.Token) : grain.OnDeactivateAsync(reason, limit.Token)).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Silo.LogDeactivationFailed(GrainId, exception);
        }
        await LeaveAsync();
        foreach (var request in TakeAllWaiting()) Forward(request);
    }

    private async Task LeaveAsync()
    {
        foreach (var part in _parts.ToArray()) part.Stop();
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (_instance as IDisposable)?.Dispose();
            if (_scope is { } scope) await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.LogDeactivationFailed(GrainId, exception);
        }
        _phase = ActivationPhase.Gone;
        _instance = null;
        MarkGone();
        _home.Remove(this);
        _deactivated.TrySetResult();
    }

    private sealed record Leave(DeactivationReason Reason);

    private sealed record Collect
    {
        public static Collect Instance { get; } = new();
    }
}
