using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(
    GrpcCall<TRequest, TResponse> call, StreamingRequest request, Action<TRequest, SerializationContext> serialize) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly MessageSerializer _serializer = new(call.Compression, call.Channel.MaxSendMessageSize);
    private readonly Func<Task> _callFinished = call.WaitForFinishAsync;
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    /// <summary>Cancelling a write cancels the call.</summary>
    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_completed) return Task.FromException(new InvalidOperationException("Can't write the message because the request stream was completed."));
        if (Interlocked.Exchange(ref _writing, 1) == 1)
            return Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
        return WriteCoreAsync(message, cancellationToken);
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) == 1)
            return Task.FromException(new InvalidOperationException("Can't complete the request stream because a write is in progress."));
        _completed = true;
        request.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static c => ((GrpcCall)c!).Cancellation.Cancel(CallCancellation.CancelledByCaller), call);
        try
        {
            if (call.IsFinished) throw call.CreateException();
            var flags = (WriteOptions ?? call.Options.WriteOptions)?.Flags ?? default;
            _serializer.Serialize(message, serialize, flags);
            await request.WriteAsync(_serializer.Framed, !flags.HasFlag(WriteFlags.BufferHint), _callFinished, call.Cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw await call.ExplainWriteFailureAsync(e).ConfigureAwait(false);
        }
        finally
        {
            registration.Dispose();
            _serializer.Release();
            Volatile.Write(ref _writing, 0);
        }
    }
}
