namespace Grpc.Core;

/// <summary>A stream of messages to write.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <value>Options of the writes that follow; the call's when null.</value>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. One write at a time; completes when the transport took it, so that a slow peer slows the writer.</summary>
    Task WriteAsync(T message);

    /// <inheritdoc cref="WriteAsync(T)"/>
    Task WriteAsync(T message, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? throw new NotSupportedException("Cancellation of stream writes is not supported by this stream writer.") : WriteAsync(message);
}
