namespace Grpc.Protocol;

/// <summary>Names and limits of the gRPC wire format (<c>doc/PROTOCOL-HTTP2.md</c> of the gRPC specification).</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string TeHeader = "te";
    public const string Trailers = "trailers";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string TimeoutHeader = "grpc-timeout";
    public const string RetryPushbackHeader = "grpc-retry-pushback-ms";
    public const string PreviousAttemptsHeader = "grpc-previous-rpc-attempts";

    /// <summary>A metadata key of the calling application: the encoding of the call's request messages. Never sent.</summary>
    public const string RequestEncodingKey = "grpc-internal-encoding-request";

    public const string Identity = "identity";
    public const string UserAgent = "grpc-dotnet/2.80.0 (orchestrator embedded)";

    /// <summary>Bytes before each message: a compression flag and the length, big-endian.</summary>
    public const int MessagePrefixLength = 5;

    /// <summary>Bytes; what peers accept when nothing is configured.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');
}
