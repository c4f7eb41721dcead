using Orchestrator.Protocol;

namespace Orchestrator.Worker.Connection;

/// <summary>
/// What must reach the coordinator: kept, in order, until it is acknowledged, whatever happens to the connection.
/// Bounded: whoever adds to a full one waits. Thread-safe.
/// </summary>
/// <param name="limit">How many messages it holds at most.</param>
public sealed class Outbox(int limit = 4096) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutboxEntry> _entries = [];
    private readonly SemaphoreSlim _room = new(limit, limit);
    private TaskCompletionSource _added = NewSignal();
    private LinkedListNode<OutboxEntry>? _next;

    /// <summary>Adds a message.</summary>
    /// <param name="attempt">Whose it is.</param>
    /// <param name="sequence">Its number within the attempt.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <returns>Completes when it is acknowledged: true, or false where the attempt is stale or a checkpoint is to be kept.</returns>
    public Task<bool> Add(Attempt attempt, long sequence, WorkerMessage message, CancellationToken cancellationToken)
    {
        _room.Wait(cancellationToken);
        var entry = new OutboxEntry(attempt, sequence, message);
        lock (_lock)
        {
            var node = _entries.AddLast(entry);
            _next ??= node;
            _added.TrySetResult();
        }
        return entry.Acknowledged.Task;
    }

    /// <summary>How many messages are not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>A new connection: everything that is not acknowledged is to be sent again.</summary>
    public void Rewind()
    {
        lock (_lock) _next = _entries.First;
    }

    /// <summary>The next message to send, or null when all have been sent on this connection.</summary>
    public WorkerMessage? TakeNext()
    {
        lock (_lock)
        {
            if (_next is null)
            {
                if (_added.Task.IsCompleted) _added = NewSignal();
                return null;
            }
            var message = _next.Value.Message;
            _next = _next.Next;
            return message;
        }
    }

    /// <summary>Completes when there may be something to send.</summary>
    public Task WaitForMore()
    {
        lock (_lock) return _next is null ? _added.Task : Task.CompletedTask;
    }

    /// <summary>The coordinator has a message. One that is not kept any more is no error: it was acknowledged twice.</summary>
    public void Acknowledge(Acknowledge acknowledge)
    {
        OutboxEntry? found = null;
        lock (_lock)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                if (node.Value.Sequence != acknowledge.Sequence || !node.Value.Attempt.Equals(acknowledge.Attempt)) continue;
                if (_next == node) _next = node.Next;
                _entries.Remove(node);
                found = node.Value;
                break;
            }
        }
        if (found is null) return;
        _room.Release();
        found.Acknowledged.TrySetResult(!acknowledge.Stale && !acknowledge.Keep);
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
