namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class ServerStreamReader<TRequest>(ServerCall call, Func<DeserializationContext, TRequest> deserialize) : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private TRequest? _current;
    private int _reading;

    public TRequest Current => _current ?? throw new InvalidOperationException("There is no current message: MoveNext was not called or returned false.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            return Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is in progress."));
        return ReadAsync(cancellationToken);
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var both = cancellationToken.CanBeCanceled && call.DeadlineToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.DeadlineToken)
            : null;
        try
        {
            _current = null;
            var token = both?.Token ?? (cancellationToken.CanBeCanceled ? cancellationToken : call.DeadlineToken);
            _current = await call.Reader.ReadAsync(deserialize, token).ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
