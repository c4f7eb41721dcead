namespace Orleans.Runtime;

/// <summary>
/// Runs the turns of one activation, one at a time, on the thread pool: new requests, and the tasks that continue those that run. Inside a turn it
/// is <see cref="TaskScheduler.Current"/>, so awaits come back to it.
/// </summary>
internal sealed class TurnScheduler(RequestScheduler owner) : TaskScheduler, IThreadPoolWorkItem
{
    // An activation that always has work lets others have the thread now and then.
    private const int TurnsPerTimeCheck = 32;
    private const int QuantumMilliseconds = 100;

    private readonly Lock _gate = new();
    private readonly Queue<object> _work = new();
    private bool _isScheduled;

    // Of the present run on a thread.
    private ExecutionContext _clean = null!;
    private long _yieldAt;
    private object? _nextItem;

    public override int MaximumConcurrencyLevel => 1;

    /// <value>Whether there is work, queued or running.</value>
    public bool IsScheduled => Volatile.Read(ref _isScheduled);

    /// <summary>Queues a task, or anything that <see cref="RequestScheduler.Receive"/> knows.</summary>
    public void Enqueue(object item)
    {
        lock (_gate)
        {
            _work.Enqueue(item);
            if (_isScheduled) return;
            _isScheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = owner;
        _clean = ExecutionContext.Capture()!;
        _yieldAt = Environment.TickCount64 + QuantumMilliseconds;
        try
        {
            RunTurns();
        }
        finally
        {
            RuntimeContext.Current = null;
        }
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && RuntimeContext.Current == owner && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _work.OfType<Task>()];
    }

    private void RunTurns()
    {
        for (var turns = 1; ; turns++)
        {
            if (turns % TurnsPerTimeCheck == 0 && Environment.TickCount64 >= _yieldAt)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
            if (!TryDequeue(out var item)) return;
            if (item is Task task) TryExecuteTask(task);
            else RunRequests(item);
            CleanContext();
        }
    }

    // Requests run inside a task, because that is what makes this the current scheduler; one task serves all that come in a row.
    private void RunRequests(object first)
    {
        _nextItem = first;
        var run = new Task(static scheduler => ((TurnScheduler)scheduler!).RunRequests(), this, TaskCreationOptions.DenyChildAttach);
        run.RunSynchronously(this);
        // Requests handle the errors of grains; what is left is a fault of the library.
        if (run.Exception is { } fault) owner.Silo.LogActivationFault(owner.GrainId, fault);
    }

    private void RunRequests()
    {
        for (var item = _nextItem; item is not null; item = TryDequeueRequest())
        {
            owner.Receive(item);
            CleanContext();
        }
        _nextItem = null;
    }

    // What a turn leaves in the execution context must not reach the next.
    private void CleanContext()
    {
        if (ExecutionContext.Capture() != _clean) ExecutionContext.Restore(_clean);
    }

    private bool TryDequeue(out object item)
    {
        lock (_gate)
        {
            if (_work.TryDequeue(out item!)) return true;
            _isScheduled = false;
            return false;
        }
    }

    private object? TryDequeueRequest()
    {
        if (Environment.TickCount64 >= _yieldAt) return null;
        lock (_gate) return _work.TryPeek(out var item) && item is not Task ? _work.Dequeue() : null;
    }
}
