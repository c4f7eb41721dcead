using System.Net;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body that is written while the call runs.</summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamingContent() => Headers.ContentType = SingleMessageContent.GrpcContentType;

    /// <summary>Where to write, once the request has started.</summary>
    /// <exception cref="InvalidOperationException">The call ended before.</exception>
    public async ValueTask<Stream> GetStreamAsync(Task callFinished)
    {
        if (!_stream.Task.IsCompleted) await Task.WhenAny(_stream.Task, callFinished).ConfigureAwait(false);
        return _stream.Task.IsCompleted
            ? await _stream.Task.ConfigureAwait(false)
            : throw new InvalidOperationException("The call ended before its request stream was opened.");
    }

    public void Complete() => _completed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers go out before the first message, so that the server can answer before it.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        Complete();
        base.Dispose(disposing);
    }
}
