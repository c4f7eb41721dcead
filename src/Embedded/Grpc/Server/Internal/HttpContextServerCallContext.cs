using Grpc.Protocol;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A call as its handler sees it.</summary>
internal sealed class HttpContextServerCallContext(HttpContext http, IMethod method, CallDeadline? deadline) : ServerCallContext
{
    /// <summary>In UserState, so that a context which wraps this one still leads to the request.</summary>
    public const string HttpContextKey = "__HttpContext";

    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private Dictionary<object, object>? _userState;
    private AuthContext? _authContext;

    public HttpContext HttpContext => http;

    /// <value>Null when the handler did not touch them.</value>
    public Metadata? Trailers => _responseTrailers;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => PeerAddress.Format(http.Connection);

    protected override DateTime DeadlineCore => deadline?.Utc ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => deadline?.Token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= PeerCertificate.CreateAuthContext(http.Connection.ClientCertificate);

    protected override IDictionary<object, object> UserStateCore => _userState ??= new() { [HttpContextKey] = http };

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (http.Response.HasStarted) throw new InvalidOperationException("Response headers can only be sent once, before the first response.");
        HeaderWriter.WriteMetadata(http.Response.Headers, responseHeaders);
        return http.Response.BodyWriter.FlushAsync().AsTask();
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Propagation tokens are not supported: pass Deadline and CancellationToken to the child call.");

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!MetadataCodec.IsApplicationHeader(name)) continue;
            foreach (var value in values) MetadataCodec.Decode(metadata, name, value ?? "");
        }

        return metadata.Freeze();
    }
}
