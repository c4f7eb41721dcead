using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// A request that is written while the call runs. While there may be another attempt, messages are kept in <paramref name="replay"/>, from
/// which each attempt sends; after that they go through a <see cref="SendQueue"/>.
/// </summary>
internal sealed class StreamingRequest(RetryBuffer? replay) : IRequestBody
{
    private readonly SendQueue _queue = new();

    public bool CanReplay => replay is { IsOpen: true };

    public void Commit()
    {
        replay?.Close();
        _queue.Commit();
    }

    public void End()
    {
        replay?.Close();
        _queue.End();
    }

    /// <summary>Ends the request after what was written.</summary>
    public void Complete()
    {
        _queue.Complete();
        replay?.Complete();
    }

    /// <summary>Takes a message to send.</summary>
    /// <returns>Ends when there is room for the next message.</returns>
    /// <exception cref="GrpcProtocolException">The message is over the limit, or its marshaller failed.</exception>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public ValueTask WriteAsync<T>(T message, Action<T, SerializationContext> serialize, WriteFlags flags, MessageSerializer serializer)
    {
        var target = _queue.BeginWrite();
        var start = target.WrittenCount;
        var kept = false;
        try
        {
            serializer.Serialize(message, serialize, flags, target);
            kept = replay is not null && replay.TryAdd(target.WrittenMemory[start..]);
            if (kept) target.Truncate(start);
        }
        finally
        {
            _queue.EndWrite(flush: !kept && (flags & WriteFlags.BufferHint) != WriteFlags.BufferHint);
        }

        return kept ? ValueTask.CompletedTask : _queue.WaitForRoomAsync();
    }

    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        // The headers go out before the first message, so that the server can answer before it.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (replay is not null) await replay.SendAsync(stream, cancellationToken).ConfigureAwait(false);
        await _queue.SendAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
