using System.Net.Http.Headers;
using Grpc.Protocol;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Internal;

/// <summary>One call, whatever its messages: sends the request, keeps response headers, status and trailers.</summary>
internal abstract partial class GrpcCall : IDisposable
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly IMethod _method;
    private readonly CallOptions _options;
    private TaskCompletionSource<Metadata>? _headersSource;
    private HttpResponseMessage? _response;
    private StreamMessageReader? _reader;
    private Status _status;
    private Metadata? _trailers;
    private bool _isFinished;

    protected GrpcCall(GrpcChannel channel, IMethod method, CallOptions options)
    {
        Channel = channel;
        _method = method;
        _options = options;
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

    public CallCancellation Cancellation { get; }

    public WriteOptions? WriteOptions => _options.WriteOptions;

    /// <value>Whether something reads the response to its end without the caller's doing.</value>
    protected bool HasReader => _method.Type is MethodType.Unary or MethodType.ClientStreaming;

    /// <value>Completes, never faulted, when the call has its status.</value>
    public Task Finished => _finished.Task;

    public bool IsFinished => Volatile.Read(ref _isFinished);

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
        var code = _status.StatusCode;
        if (Channel.ThrowOperationCanceledOnCancellation && (code is StatusCode.Cancelled or StatusCode.DeadlineExceeded))
            return new OperationCanceledException(_status.Detail, new RpcException(_status, GetTrailers()), Cancellation.CallerToken);
        return new RpcException(_status, GetTrailers());
    }

    /// <summary>What a failed write means: the call's status when it has one, or is about to.</summary>
    public async Task<Exception> ExplainWriteFailureAsync(Exception exception)
    {
        if (exception is GrpcProtocolException protocol) return new RpcException(protocol.Status);
        if (Cancellation.Reason is { } reason) Finish(reason, null);
        if (HasReader) await Finished.ConfigureAwait(false);
        return IsFinished && _status.StatusCode != StatusCode.OK ? CreateException() : new RpcException(StatusOf(exception));
    }

    /// <summary>Sends the request and waits for the response headers. A failure finishes the call.</summary>
    protected async Task SendAsync(HttpContent content)
    {
        try
        {
            Cancellation.Token.ThrowIfCancellationRequested();
            var request = await CreateRequestAsync(content).ConfigureAwait(false);
            var response = await Channel.Invoker.SendAsync(request, Cancellation.Token).ConfigureAwait(false);
            await AcceptAsync(response).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Reads one response message; the call is finished when there is none.</summary>
    protected async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer)
        where T : class
    {
        if (IsFinished) return null;
        try
        {
            if (await _reader!.MoveNextAsync(Cancellation.Token).ConfigureAwait(false)) return _reader.Deserialize(deserializer);
            FinishWithTrailers();
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
        if (Cancellation.Reason is { } reason) Finish(reason, null);
        else Finish(StatusOf(exception), null);
        Cancellation.Cancel(_status);
    }

    protected Status StatusOf(Exception exception) => exception switch
    {
        GrpcProtocolException protocol => protocol.Status,
        RpcException rpc => rpc.Status,
        _ => new Status(
            StatusMapping.FromException(exception), $"Error {(_response is null ? "starting" : "reading")} gRPC call. {exception.GetType().Name}: {exception.Message}", exception),
    };

    private async ValueTask<HttpRequestMessage> CreateRequestAsync(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Channel.GetUri(_method))
        {
            Version = Channel.HttpVersion,
            VersionPolicy = Channel.HttpVersionPolicy,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation(GrpcProtocol.TeHeader, GrpcProtocol.Trailers);
        headers.TryAddWithoutValidation("User-Agent", GrpcProtocol.UserAgent);
        if (Cancellation.Deadline is not null) headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcTimeout.Encode(Cancellation.TimeLeft));
        if (_options.Headers is { } metadata) AddMetadata(headers, metadata);
        if (Channel.CallCredentials.Count > 0 || _options.Credentials is not null) AddMetadata(headers, await GetCredentialsAsync().ConfigureAwait(false));
        return request;
    }

    private static void AddMetadata(HttpRequestHeaders headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!MetadataCodec.IsReserved(entry.Key)) headers.TryAddWithoutValidation(entry.Key, MetadataCodec.EncodeValue(entry));
        }
    }

    private async Task<Metadata> GetCredentialsAsync()
    {
        var metadata = new Metadata();
        var credentials = _options.Credentials is { } own ? Channel.CallCredentials.Append(own) : Channel.CallCredentials;
        var service = new Uri(Channel.Address, _method.ServiceName).ToString();
        await CallCredentialsApplier.ApplyAsync(credentials, new AuthInterceptorContext(service, _method.Name, Cancellation.Token), metadata).ConfigureAwait(false);
        return metadata;
    }

    private async ValueTask AcceptAsync(HttpResponseMessage response)
    {
        ResponseHeaders.Check(response);
        var stream = await response.Content.ReadAsStreamAsync(Cancellation.Token).ConfigureAwait(false);
        lock (_gate)
        {
            if (_isFinished)
            {
                response.Dispose();
                return;
            }

            _response = response;
            _reader = new StreamMessageReader(stream, Channel.MaxReceiveMessageSize);
            CompleteHeaders();
        }
    }

    private void FinishWithTrailers()
    {
        var (status, trailers) = ResponseHeaders.ReadStatus(_response!);
        Finish(status, trailers);
    }

    protected void Finish(Status status, Metadata? trailers)
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
        _response?.Dispose();
        Channel.Unregister(this);
        if (status.StatusCode != StatusCode.OK) LogFailed(Channel.CallLogger, _method.FullName, status.StatusCode, status.Detail);
        _finished.TrySetResult();
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
