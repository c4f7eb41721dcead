namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ServerStreamWriter<TResponse>(ServerCall call, Action<TResponse, SerializationContext> serialize) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private int _writing;

    public WriteOptions? WriteOptions
    {
        get => call.Context.WriteOptions;
        set => call.Context.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Interlocked.Exchange(ref _writing, 1) == 1)
            return Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
        return WriteCoreAsync(message, cancellationToken);
    }

    private async Task WriteCoreAsync(TResponse message, CancellationToken cancellationToken)
    {
        try
        {
            // The transport takes and drops what is written to an aborted request: without this, a handler would write for ever.
            call.Context.CancellationToken.ThrowIfCancellationRequested();
            var flags = WriteOptions?.Flags ?? default;
            if ((flags & WriteFlags.BufferHint) == WriteFlags.BufferHint) call.Writer.Write(message, serialize, flags);
            else await call.Writer.WriteAndFlushAsync(message, serialize, flags, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
