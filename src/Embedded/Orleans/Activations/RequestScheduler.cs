using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// Admits requests to one object by the interleaving rules. Everything but <see cref="Send"/> happens inside its turns, so nothing here is locked.
/// </summary>
internal abstract class RequestScheduler : RequestTarget
{
    private readonly WaitingRequests _waiting = new();
    private readonly List<Guid> _reentrantSections = [];
    private int _running;
    private int _blocking;         // running, and neither [AlwaysInterleave] nor in a [Reentrant] grain
    private int _blockingWriters;  // of these, not [ReadOnly]
    private bool _isStartingWaiting;

    protected RequestScheduler(SiloRuntime silo)
    {
        Silo = silo;
        Turns = new TurnScheduler(this);
    }

    public SiloRuntime Silo { get; }
    public TurnScheduler Turns { get; }

    /// <value>Who has the latest call that this one waits for: the edges of the graph in which deadlocks are looked for.</value>
    public RequestTarget? WaitsFor { get; set; }

    /// <value>Whether calls pass filters; only those of grains do.</value>
    public virtual bool IsFiltered => false;

    /// <value>Whether a request would start at once. A guess, when asked from another thread.</value>
    public bool LooksIdle => IsIdle && !Turns.IsScheduled;

    protected bool IsIdle => _running == 0 && _waiting.IsEmpty;
    protected int Running => _running;
    protected virtual bool IsReentrant => false;

    /// <value>How many requests may wait.</value>
    protected virtual int QueueLimit => int.MaxValue;

    protected abstract Admission Admission { get; }

    public override void Send(GrainRequest request) => Turns.Enqueue(request);

    /// <summary>The object that executes the calls.</summary>
    public abstract TTarget Instance<TTarget>() where TTarget : class;

    /// <summary>Takes one item from the queue of turns.</summary>
    public void Receive(object item)
    {
        if (item is GrainRequest request) Admit(request);
        else OnSignal(item);
    }

    /// <summary>A request has ended; what waited for it may start.</summary>
    public void OnFinished(GrainRequest request)
    {
        _running--;
        if (IsBlocking(request))
        {
            _blocking--;
            if (!request.IsReadOnly) _blockingWriters--;
        }
        StartWaiting();
        AfterRequest(request);
    }

    /// <summary>A request found that the state in memory is not the stored one.</summary>
    public virtual void OnStaleState(Exception exception) { }

    /// <summary>A request arrived that has to wait.</summary>
    protected virtual void OnHeld() { }

    /// <summary>Something other than a request changed.</summary>
    protected virtual void OnSignal(object item) { }

    /// <summary>Runs after every request that ended.</summary>
    protected virtual void AfterRequest(GrainRequest request) { }

    /// <summary>Sends a request to whoever comes after this one.</summary>
    protected abstract void Forward(GrainRequest request);

    /// <summary>Starts every waiting request that may run now.</summary>
    protected void StartWaiting()
    {
        // A request that ends at once comes back here: the loop goes on, where recursion would be as deep as the queue is long.
        if (_isStartingWaiting) return;
        _isStartingWaiting = true;
        while (Admission == Admission.Run && _waiting.TakeFirst(this) is { } request) Start(request);
        _isStartingWaiting = false;
    }

    /// <summary>Removes every waiting request, in order.</summary>
    protected IEnumerable<GrainRequest> TakeAllWaiting() => _waiting.TakeAll();

    /// <summary>Whether a request may run beside those that do.</summary>
    public bool MayStart(GrainRequest request) =>
        _blocking == 0 || IsReentrant || request.IsAlwaysInterleave || (request.IsReadOnly && _blockingWriters == 0) || MayCallBack(request);

    public void EnterReentrantSection(Guid id) => _reentrantSections.Add(id);

    public void LeaveReentrantSection(Guid id) => _reentrantSections.Remove(id);

    private bool MayCallBack(GrainRequest request) =>
        _reentrantSections.Count > 0 && request.Context is { } context && _reentrantSections.Contains(context.ReentrancyId);

    private void Admit(GrainRequest request)
    {
        switch (Admission)
        {
            case Admission.Forward:
                Forward(request);
                break;
            case Admission.Run when MayStart(request):
                Start(request);
                break;
            default:
                if (_waiting.Count >= QueueLimit)
                {
                    request.Reject(new LimitExceededException(nameof(SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), _waiting.Count, QueueLimit, GrainId));
                    break;
                }
                _waiting.Add(request);
                if (request.Caller is not null) CallCycles.Report(this, request);
                OnHeld();
                break;
        }
    }

    private void Start(GrainRequest request)
    {
        if (request.IsSettled)
        {
            // Its caller has given up, so upstream does not run it either.
            request.Drop();
            return;
        }
        _running++;
        if (IsBlocking(request))
        {
            _blocking++;
            if (!request.IsReadOnly) _blockingWriters++;
        }
        request.Start(this);
    }

    private bool IsBlocking(GrainRequest request) => !IsReentrant && !request.IsAlwaysInterleave;
}
