using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Sqlite.Database;

namespace Orchestrator.Storage.Sqlite.Reading;

/// <summary>A few sessions that read beside the writer. A read takes one for a moment, on the thread pool, and keeps no snapshot afterwards.</summary>
internal sealed class ReaderPool(SqliteDatabase database) : IDisposable
{
    private const int Capacity = 4;

    private readonly SemaphoreSlim _free = new(Capacity);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a short read; waits, without a thread, while all sessions are taken.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStore));
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        // Taking every place waits for the reads that are under way: each is short.
        for (var i = 0; i < Capacity; i++) _free.Wait();
        while (_idle.TryTake(out var session)) session.Dispose();
        _free.Release(Capacity);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStore));
        SqliteSession? session = null;
        try
        {
            if (!_idle.TryTake(out session)) session = database.Open();
            var result = read(session);
            _idle.Add(session);
            return result;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteErrors.Unavailable(database.Path, e);
        }
    }
}
