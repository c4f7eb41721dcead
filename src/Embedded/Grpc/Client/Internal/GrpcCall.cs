using System.Runtime.CompilerServices;
using Grpc.Net.Compression;
using Grpc.Protocol;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Internal;

/// <summary>One call, whatever its messages: keeps what ends it, its response, its status and its trailers.</summary>
internal abstract partial class GrpcCall : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Metadata>? _headersSource;
    private TaskCompletionSource? _finishedSource;
    private IRequestBody? _request;
    private HttpResponseMessage? _response;
    private StreamMessageReader? _reader;
    private Status _status;
    private Metadata? _trailers;
    private bool _isFinished;

    protected GrpcCall(GrpcChannel channel, IMethod method, CallOptions options)
    {
        Channel = channel;
        Method = method;
        Options = options;
        Rules = channel.GetRules(method);
        Compression = ReadCompression(channel, options.Headers);
        Cancellation = new CallCancellation(channel.TimeProvider, options.Deadline, options.CancellationToken);
        try
        {
            channel.Register(this);
        }
        catch (ObjectDisposedException)
        {
            Cancellation.Dispose();
            throw;
        }
    }

    public GrpcChannel Channel { get; }

    public IMethod Method { get; }

    public CallOptions Options { get; }

    public MethodRules Rules { get; }

    /// <value>How request messages are compressed; null for not at all.</value>
    public ICompressionProvider? Compression { get; }

    public CallCancellation Cancellation { get; }

    public bool IsFinished => Volatile.Read(ref _isFinished);

    /// <summary>What an exception means where the peer gave no status.</summary>
    public static Status StatusOf(Exception exception, bool hasResponse) => exception switch
    {
        GrpcProtocolException protocol => protocol.Status,
        RpcException rpc => rpc.Status,
        _ => new Status(
            StatusMapping.FromException(exception),
            $"Error {(hasResponse ? "reading" : "starting")} gRPC call. {exception.GetType().Name}: {exception.Message}",
            exception),
    };

    public Task<Metadata> GetResponseHeadersAsync()
    {
        lock (_gate)
        {
            if (_headersSource is null)
            {
                _headersSource = new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously);
                CompleteHeaders();
            }

            return _headersSource.Task;
        }
    }

    /// <returns>A task that completes, never faulted, when the call has its status.</returns>
    public Task WaitForFinishAsync()
    {
        lock (_gate)
        {
            if (_isFinished) return Task.CompletedTask;
            _finishedSource ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _finishedSource.Task;
        }
    }

    public Status GetStatus() => IsFinished
        ? _status
        : throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() => IsFinished
        ? _trailers ?? Metadata.Empty
        : throw new InvalidOperationException("Unable to get the trailers because the call is not complete.");

    public void Dispose() => Abort(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    /// <summary>Ends the call from this side.</summary>
    public void Abort(Status reason)
    {
        if (IsFinished) return;
        Cancellation.Cancel(reason);
        Finish(reason, null);
    }

    /// <summary>What the caller of a failed call sees.</summary>
    public Exception CreateException()
    {
        var error = new RpcException(_status, GetTrailers());
        if (Channel.ThrowOperationCanceledOnCancellation && (_status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded))
            return new OperationCanceledException(_status.Detail, error, Cancellation.CallerToken);
        return error;
    }

    /// <summary>What a failed write means: the call's status when it has one, or is about to.</summary>
    public async Task<Exception> ExplainWriteFailureAsync(Exception exception)
    {
        if (exception is GrpcProtocolException protocol) return new RpcException(protocol.Status);
        if (Cancellation.Reason is { } reason) Finish(reason, null);

        // With one response, the library reads it to its end, and the server's reason for not reading is about to come.
        if (Method.Type is MethodType.ClientStreaming) await WaitForFinishAsync().ConfigureAwait(false);
        return IsFinished && _status.StatusCode != StatusCode.OK ? CreateException() : new RpcException(StatusOf(exception, _response is not null));
    }

    /// <summary>Sends the request and waits for the response headers. A failure finishes the call.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    protected async ValueTask SendAsync(IRequestBody request)
    {
        _request = request;
        try
        {
            var response = await Channel.Sender.SendAsync(this, request).ConfigureAwait(false);
            request.Commit();
            await AcceptAsync(response).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Reads one response message; the call is finished when there is none.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer)
        where T : class
    {
        if (IsFinished) return null;
        try
        {
            if (await _reader!.MoveNextAsync(Cancellation.Token).ConfigureAwait(false)) return _reader.Deserialize(deserializer);
            var (status, trailers) = ResponseHeaders.ReadStatus(_response!);
            Finish(status, trailers);
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            // Only here is it sure that no read is using the buffer; an aborted call that nobody reads leaves it to the collector.
            if (IsFinished) _reader!.Dispose();
        }

        return null;
    }

    /// <summary>The call's status becomes what this exception means, unless it was ended from this side before.</summary>
    protected void Fail(Exception exception)
    {
        Finish(Cancellation.Reason ?? StatusOf(exception, _response is not null), null);
        Cancellation.Cancel(_status);
    }

    private static ICompressionProvider? ReadCompression(GrpcChannel channel, Metadata? headers) =>
        headers?.GetValue(GrpcProtocol.RequestEncodingKey) is { } encoding ? channel.Compression.Get(encoding) : null;

    private async ValueTask AcceptAsync(HttpResponseMessage response)
    {
        try
        {
            ResponseHeaders.Check(response);
            var encoding = Channel.Compression.Get(ResponseHeaders.ReadEncoding(response));
            var stream = await response.Content.ReadAsStreamAsync(Cancellation.Token).ConfigureAwait(false);
            lock (_gate)
            {
                if (_isFinished) return;
                _response = response;
                _reader = new StreamMessageReader(stream, encoding, Channel.MaxReceiveMessageSize);
                CompleteHeaders();
            }
        }
        finally
        {
            if (_response is null) response.Dispose();
        }
    }

    private void Finish(Status status, Metadata? trailers)
    {
        lock (_gate)
        {
            if (_isFinished) return;
            _status = status;
            _trailers = trailers;
            Volatile.Write(ref _isFinished, true);
            CompleteHeaders();
        }

        Cancellation.Dispose();
        _request?.End();
        _response?.Dispose();
        Channel.Unregister(this);
        if (status.StatusCode == StatusCode.OK) Channel.RetryThrottle?.OnSuccess();
        else LogFailed(Channel.CallLogger, Method.FullName, status.StatusCode, status.Detail);
        _finishedSource?.TrySetResult();
    }

    private void CompleteHeaders()
    {
        if (_headersSource is null) return;
        if (_response is not null) _headersSource.TrySetResult(ResponseHeaders.ReadMetadata(_response));
        else if (_isFinished) _headersSource.TrySetException(CreateException());
    }

    [LoggerMessage(1, LogLevel.Information, "Call {Method} failed with gRPC error status {StatusCode}: {Detail}")]
    private static partial void LogFailed(ILogger logger, string method, StatusCode statusCode, string detail);
}
