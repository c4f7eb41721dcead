using Grpc.Net.Compression;
using Grpc.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>One call on the server: its context, its messages and its end.</summary>
internal sealed class ServerCall : IDisposable
{
    private readonly HttpContext _http;

    public ServerCall(HttpContext http, IMethod method, MethodOptions options, ICompressionProvider? requestEncoding)
    {
        _http = http;
        Deadline = ReadDeadline(http, options.TimeProvider);
        Context = new HttpContextServerCallContext(http, method, Deadline);
        Reader = new RequestReader(http.Request.BodyReader, requestEncoding, options.MaxReceiveMessageSize);
        Writer = new ResponseWriter(http.Response, ChooseResponseEncoding(http, options), options.ResponseCompressionLevel, options.MaxSendMessageSize);
    }

    public IServiceProvider Services => _http.RequestServices;

    public HttpContextServerCallContext Context { get; }

    public CallDeadline? Deadline { get; }

    public RequestReader Reader { get; }

    public ResponseWriter Writer { get; }

    /// <value>Cancels reads and writes at the deadline; an aborted request ends them by itself.</value>
    public CancellationToken DeadlineToken => Deadline?.Token ?? CancellationToken.None;

    /// <summary>Gives the response its status, unless it has one.</summary>
    public void End(Status status)
    {
        if (!Writer.End()) return;
        var response = _http.Response;
        var headers = response.HasStarted || Writer.HasMessages ? _http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers : response.Headers;
        HeaderWriter.Write(headers, status, Context.Trailers);
    }

    /// <summary>Ends the response although the handler still runs.</summary>
    public async Task EndNowAsync(Status status)
    {
        End(status);
        await _http.Response.CompleteAsync().ConfigureAwait(false);
        const int noError = 0;
        _http.Features.Get<IHttpResetFeature>()?.Reset(noError);
    }

    public void Dispose() => Deadline?.Dispose();

    private static ICompressionProvider? ChooseResponseEncoding(HttpContext http, MethodOptions options)
    {
        if (options.ResponseCompression is not { } provider) return null;
        var accepted = http.Request.Headers[GrpcProtocol.AcceptEncodingHeader].ToString().Split(',', StringSplitOptions.TrimEntries);
        if (!accepted.Contains(provider.EncodingName, StringComparer.OrdinalIgnoreCase)) return null;
        http.Response.Headers[GrpcProtocol.EncodingHeader] = provider.EncodingName;
        return provider;
    }

    private static CallDeadline? ReadDeadline(HttpContext http, TimeProvider time)
    {
        if (!http.Request.Headers.TryGetValue(GrpcProtocol.TimeoutHeader, out var values)) return null;
        if (!GrpcTimeout.TryParse(values.ToString(), out var timeout)) return null;
        return new CallDeadline(time, timeout, http.RequestAborted);
    }
}
