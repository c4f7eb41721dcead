using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Ranks of one host, which pass their parts through memory that they share. See <see cref="SharedCalls"/> for the algorithm.</summary>
internal sealed class SharedTransport : ITransport
{
    private readonly SharedSegment _segment;
    private readonly ICallObserver _observer;
    private readonly Meetings _meetings;
    private readonly SharedCalls _calls;
    private readonly Queue<CollectiveCall> _queue = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CollectiveException _left;
    private volatile bool _ended;

    public SharedTransport(SharedSegment segment, ProcessGroupOptions options, ICallObserver observer, TimeProvider time)
    {
        _segment = segment;
        _observer = observer;
        _meetings = new(segment, options, time);
        _calls = new(segment, options, _meetings);
        _left = new(CollectiveErrorCode.Aborted, $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]}) has left the group.");
        new Thread(Run) { IsBackground = true, Name = "collectives" }.Start();
    }

    public void Start(CollectiveCall call)
    {
        lock (_queue)
        {
            if (!_ended)
            {
                _queue.Enqueue(call);
                Monitor.Pulse(_queue);
                return;
            }
        }
        _observer.Ended(call, _left);
    }

    public void Abort()
    {
        lock (_queue)
        {
            // After that the memory may be gone.
            if (_ended)
                return;
            _ended = true;
            _meetings.End();
            Monitor.Pulse(_queue);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Abort();
        await _stopped.Task;
        _segment.Dispose();
    }

    private void Run()
    {
        while (Next() is { } call)
            _observer.Ended(call, Try(call));
        _stopped.SetResult();
    }

    /// <summary>Takes the next call, waiting for it; after the end those that are left, and then null.</summary>
    private CollectiveCall? Next()
    {
        lock (_queue)
        {
            CollectiveCall? call;
            while (!_queue.TryDequeue(out call) && !_ended)
                Monitor.Wait(_queue);
            return call;
        }
    }

    private CollectiveException? Try(CollectiveCall call)
    {
        if (_ended)
            return _left;
        try
        {
            _calls.Run(call);
            return null;
        }
        catch (CollectiveException failure)
        {
            return failure;
        }
    }
}
