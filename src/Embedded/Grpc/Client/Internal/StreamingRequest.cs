using System.Runtime.CompilerServices;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// A request that is written while the call runs. Messages go straight to the transport or, while there may be another attempt, into a
/// buffer from which each attempt sends.
/// </summary>
internal sealed class StreamingRequest(RetryBuffer? buffer) : IRequestBody
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool CanReplay => buffer is { IsOpen: true };

    public HttpContent CreateContent() => new GrpcContent(SendAsync);

    public void Commit() => buffer?.Close();

    /// <summary>Ends the request.</summary>
    public void Complete()
    {
        _completed.TrySetResult();
        buffer?.Complete();
    }

    /// <param name="framed">A message with its prefix.</param>
    /// <param name="flush">Whether it is sent now.</param>
    /// <param name="callFinished">Ends the wait for the transport.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="InvalidOperationException">The call ended before its request started.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> framed, bool flush, Func<Task> callFinished, CancellationToken cancellationToken)
    {
        if (buffer is not null && buffer.TryAdd(framed)) return;
        var stream = await GetStreamAsync(callFinished).ConfigureAwait(false);
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        if (flush) await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Stream> GetStreamAsync(Func<Task> callFinished)
    {
        if (!_stream.Task.IsCompleted) await Task.WhenAny(_stream.Task, callFinished()).ConfigureAwait(false);
        return _stream.Task.IsCompleted
            ? await _stream.Task.ConfigureAwait(false)
            : throw new InvalidOperationException("The call ended before its request was sent.");
    }

    private async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        // The headers go out before the first message, so that the server can answer before it.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (buffer is not null) await buffer.SendAsync(stream, cancellationToken).ConfigureAwait(false);
        _stream.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
