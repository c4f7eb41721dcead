using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// Messages on their way from the caller's writes to the transport. While the transport takes some, further ones gather, and go out with one
/// write: many small messages cost little more than one big one. A writer waits as soon as more than <see cref="Limit"/> bytes have gathered.
/// </summary>
internal sealed class SendQueue
{
    /// <summary>Bytes.</summary>
    private const int Limit = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _work = new(inline: true);
    private readonly AsyncSignal _room = new(inline: false);
    private PooledBufferWriter _gathering = new();
    private PooledBufferWriter _spare = new();
    private bool _isWriting;
    private bool _flush;
    private bool _completed;
    private bool _sentSome;
    private bool _committed;
    private bool _ended;
    private Exception? _failure;

    /// <summary>The buffer to append one message to. Until <see cref="EndWrite"/> it is the writer's alone.</summary>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public PooledBufferWriter BeginWrite()
    {
        lock (_gate)
        {
            ThrowIfEnded();
            _isWriting = true;
            return _gathering;
        }
    }

    /// <param name="flush">Whether what has gathered is sent now.</param>
    public void EndWrite(bool flush)
    {
        lock (_gate)
        {
            _isWriting = false;
            _flush |= flush || _gathering.WrittenCount > Limit;
            if (_ended) _gathering.Release();
        }

        _work.Set();
    }

    /// <summary>Ends when no more than <see cref="Limit"/> bytes have gathered.</summary>
    public ValueTask WaitForRoomAsync() => HasRoom() ? ValueTask.CompletedTask : WaitForSignalsAsync();

    /// <summary>Nothing is written after this.</summary>
    public void Complete()
    {
        lock (_gate) _completed = true;
        _work.Set();
    }

    /// <summary>There will be no other stream to send on.</summary>
    public void Commit()
    {
        lock (_gate)
        {
            _committed = true;
            if (_failure is null) return;
        }

        End();
    }

    /// <summary>Nothing is sent after this; a writer that waits, or comes, gets an exception.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            if (!_isWriting) _gathering.Release();
        }

        _work.Set();
        _room.Set();
    }

    /// <summary>Sends what was written and what is written, until it is complete.</summary>
    /// <exception cref="IOException">Messages were sent on another stream already.</exception>
    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        Start();
        using var registration = cancellationToken.UnsafeRegister(static s => ((SendQueue)s!)._work.Set(), this);
        try
        {
            while (await TakeAsync(cancellationToken).ConfigureAwait(false) is { } batch)
            {
                await stream.WriteAsync(batch.WrittenMemory, cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (batch.Capacity > 2 * Limit) batch.Release();
                else batch.Clear();
            }

            // Only here: what a stream that fails was sending stays with the transport, and goes to the collector.
            lock (_gate)
            {
                _gathering.Release();
                _spare.Release();
            }
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private void Start()
    {
        lock (_gate)
        {
            // The handler sends a request again when a server refused it unseen, which is possible while the messages are still here.
            if (_sentSome) throw new IOException("The request was refused after messages were sent; those are not kept.");
            _failure = null;
        }
    }

    private void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            if (!_sentSome && !_committed) return;
        }

        End();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PooledBufferWriter?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(out var batch)) return batch;
            await _work.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <returns>False when there is nothing to send now; with a null batch, there never will be.</returns>
    private bool TryTake(out PooledBufferWriter? batch)
    {
        batch = null;
        lock (_gate)
        {
            ThrowIfEnded();
            if (_isWriting) return false;
            if (_gathering.WrittenCount == 0) return _completed;
            if (!_flush && !_completed) return false;
            batch = _gathering;
            (_gathering, _spare) = (_spare, _gathering);
            _flush = false;
            _sentSome = true;
        }

        _room.Set();
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitForSignalsAsync()
    {
        while (!HasRoom()) await _room.WaitAsync().ConfigureAwait(false);
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            ThrowIfEnded();
            return _gathering.WrittenCount <= Limit;
        }
    }

    private void ThrowIfEnded()
    {
        if (!_ended) return;
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        throw new InvalidOperationException("The call has ended.");
    }
}
