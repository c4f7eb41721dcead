namespace Grpc.Core;

/// <summary>A stream of messages to read.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <value>The message that the last <see cref="MoveNext"/> read.</value>
    T Current { get; }

    /// <summary>Reads the next message. One read at a time.</summary>
    /// <returns>False at the end of the stream.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
