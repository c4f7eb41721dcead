namespace Orleans.Runtime;

/// <summary>
/// Runs the turns of one activation, one at a time, on the thread pool: new requests, and the tasks that continue those that run. Inside a turn it
/// is <see cref="TaskScheduler.Current"/>, so awaits come back to it.
/// </summary>
internal sealed class TurnScheduler(RequestScheduler owner) : TaskScheduler, IThreadPoolWorkItem
{
    // An activation that always has work lets others have the thread now and then.
    private const int TurnsPerTimeCheck = 32;
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<object> _work = new();
    private bool _isScheduled;

    public override int MaximumConcurrencyLevel => 1;

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
        try
        {
            // The turns run inside a task, because that is what makes this the current scheduler.
            new Task(static scheduler => ((TurnScheduler)scheduler!).RunTurns(), this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
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
        var clean = ExecutionContext.Capture()!;
        var started = Environment.TickCount64;
        for (var turns = 1; TryDequeue(out var item); turns++)
        {
            if (item is Task task) TryExecuteTask(task);
            else owner.Receive(item);
            // What a turn leaves in the execution context must not reach the next.
            if (ExecutionContext.Capture() != clean) ExecutionContext.Restore(clean);
            if (turns % TurnsPerTimeCheck != 0 || Environment.TickCount64 - started < Quantum.TotalMilliseconds) continue;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }
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
}
