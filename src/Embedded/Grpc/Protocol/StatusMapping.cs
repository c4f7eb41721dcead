namespace Grpc.Protocol;

/// <summary>gRPC status codes of what HTTP/2 says (<c>doc/http-grpc-status-mapping.md</c> and PROTOCOL-HTTP2 of the gRPC specification).</summary>
internal static class StatusMapping
{
    public static StatusCode FromHttpStatus(int httpStatus) => httpStatus switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <param name="errorCode">Of an HTTP/2 RST_STREAM frame.</param>
    public static StatusCode FromHttp2Error(long errorCode) => errorCode switch
    {
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM
        0x8 => StatusCode.Cancelled, // CANCEL
        0xB => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xC => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };

    /// <param name="exception">What ended a call that this side has not ended.</param>
    public static StatusCode FromException(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpProtocolException protocol) return IsStreamError(protocol) ? FromHttp2Error(protocol.ErrorCode) : StatusCode.Unavailable;
        }

        // The transport cancels the request that it was sending when its connection breaks, and that may be all it tells.
        return exception is HttpRequestException or IOException or OperationCanceledException ? StatusCode.Unavailable : StatusCode.Internal;
    }

    /// <summary>
    /// The server ended the call, and not the connection. The runtime has one exception type for both, with the same error codes; a keep-alive
    /// ping without answer, for one, is a PROTOCOL_ERROR of the connection.
    /// </summary>
    private static bool IsStreamError(HttpProtocolException exception) => exception.Message.Contains("reset the stream", StringComparison.Ordinal);
}
