using System.Runtime.ExceptionServices;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(
    GrpcCall<TRequest, TResponse> call, StreamingRequest request, Action<TRequest, SerializationContext> serialize) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly MessageSerializer _serializer = new(call.Compression, call.Channel.MaxSendMessageSize);
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
        try
        {
            if (call.IsFinished) throw call.CreateException();
            if (cancellationToken.IsCancellationRequested) call.Cancellation.Cancel(CallCancellation.CancelledByCaller);
            call.Cancellation.Token.ThrowIfCancellationRequested();
            var written = request.WriteAsync(message, serialize, (WriteOptions ?? call.Options.WriteOptions)?.Flags ?? default, _serializer);
            if (!written.IsCompletedSuccessfully) return WaitAsync(written, cancellationToken);
            written.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            return FailAsync(e);
        }

        Volatile.Write(ref _writing, 0);
        return Task.CompletedTask;
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) == 1)
            return Task.FromException(new InvalidOperationException("Can't complete the request stream because a write is in progress."));
        _completed = true;
        request.Complete();
        return Task.CompletedTask;
    }

    private async Task WaitAsync(ValueTask written, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static c => ((GrpcCall)c!).Cancellation.Cancel(CallCancellation.CancelledByCaller), call);
        try
        {
            await written.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(e).ConfigureAwait(false);
        }
        finally
        {
            registration.Dispose();
            Volatile.Write(ref _writing, 0);
        }
    }

    private async Task FailAsync(Exception exception)
    {
        try
        {
            if (exception is RpcException) ExceptionDispatchInfo.Throw(exception);
            throw await call.ExplainWriteFailureAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
