using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Sqlite.Database;

namespace Orchestrator.Storage.Sqlite.Writing;

/// <summary>
/// The one writer of a file: a thread of its own, since it waits for the disk most of the time. Group commit: all changes that wait when it
/// comes back from the disk share the next transaction and its one fsync.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int Capacity = 4096;
    private const int MaxBatch = 512;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(60);

    private readonly Channel<Write> _channel =
        Channel.CreateBounded<Write>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly List<Write> _batch = new(MaxBatch);
    private readonly string _path;
    private readonly SqliteSession _session;
    private readonly Thread _thread;

    public WriteQueue(SqliteDatabase database)
    {
        _path = database.Path;
        _session = database.Open();
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    /// <summary>Queues a change; the task ends when it is durable. Waits, without a thread, while the queue is full.</summary>
    public Task<TResult> Enqueue<TResult>(Write<TResult> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
        return _channel.Writer.TryWrite(write) ? write.Completion : EnqueueSlowly(write, cancellationToken);
    }

    public void Dispose()
    {
        if (!_channel.Writer.TryComplete()) return;
        if (!_thread.Join(CloseTimeout)) throw new TimeoutException($"'{_path}' could not be closed within {CloseTimeout.TotalSeconds} s: the disk does not answer.");
        _session.Dispose();
    }

    private async Task<TResult> EnqueueSlowly<TResult>(Write<TResult> write, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException("The SQLite store is closed.", e);
        }
        return await write.Completion;
    }

    private void Run()
    {
        while (WaitForWork())
        {
            while (_batch.Count < MaxBatch && _channel.Reader.TryRead(out var write))
                if (!write.CancelIfAsked()) _batch.Add(write);
            CommitAll();
            _batch.Clear();
        }
    }

    private bool WaitForWork()
    {
        var wait = _channel.Reader.WaitToReadAsync();
        return wait.IsCompleted ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    private void CommitAll()
    {
        if (_batch.Count == 0 || TryCommit(_batch, out var error)) return;
        if (_batch.Count == 1)
        {
            _batch[0].Fail(error);
            return;
        }
        // One change may have spoilt it for the others (too large, say): each alone, so that only the guilty one fails.
        foreach (var write in _batch)
            if (!TryCommit([write], out error)) write.Fail(error);
    }

    private bool TryCommit(List<Write> writes, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Exception? error)
    {
        try
        {
            _session.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var write in writes) write.Apply(_session);
            _session.Prepare("COMMIT").Run();
            error = null;
        }
        catch (Exception e)
        {
            error = RollBack(e);
            return false;
        }
        foreach (var write in writes) write.Succeed();
        return true;
    }

    private Exception RollBack(Exception cause)
    {
        try
        {
            _session.RollBack();
        }
        catch (SqliteException e)
        {
            cause = new AggregateException(cause, e);
        }
        return cause is SqliteException sqlite ? SqliteErrors.Unavailable(_path, sqlite) : cause;
    }
}
