namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a streaming call that can still be sent again.</summary>
internal sealed class RetryBuffer(RetryBufferQuota quota)
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _messages = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _bytes;
    private bool _closed;
    private bool _completed;

    /// <value>Whether there may be another attempt.</value>
    public bool IsOpen
    {
        get
        {
            lock (_gate) return !_closed;
        }
    }

    /// <returns>False when the buffer is closed; a message that does not fit closes it.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> framed)
    {
        lock (_gate)
        {
            if (_closed) return false;
            if (!quota.TryTake(_bytes, framed.Length))
            {
                CloseCore();
                return false;
            }

            _bytes += framed.Length;
            _messages.Add(framed.ToArray());
            Signal();
            return true;
        }
    }

    /// <summary>There will be no other attempt. What is in the buffer is still sent.</summary>
    public void Close()
    {
        lock (_gate) CloseCore();
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Signal();
        }
    }

    /// <summary>Sends what is in the buffer and what is added, until it is closed or complete and all is sent.</summary>
    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        for (var next = 0; ; next++)
        {
            if (await WaitAsync(next, cancellationToken).ConfigureAwait(false) is not { } message) return;
            await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask<byte[]?> WaitAsync(int index, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (index < _messages.Count) return _messages[index];
                if (_closed || _completed) return null;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void CloseCore()
    {
        if (_closed) return;
        _closed = true;
        quota.Return(_bytes);
        Signal();
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
