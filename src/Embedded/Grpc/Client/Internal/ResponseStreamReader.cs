namespace Grpc.Net.Client.Internal;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;
    private int _reading;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message: MoveNext was not called or returned false.");

    /// <summary>Cancelling a read cancels the call.</summary>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            return Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is in progress."));
        return ReadAsync(cancellationToken);
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static c => ((GrpcCall)c!).Cancellation.Cancel(CallCancellation.CancelledByCaller), call);
        try
        {
            _current = null;
            _current = await call.ReadNextAsync().ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            registration.Dispose();
            Volatile.Write(ref _reading, 0);
        }
    }
}
