namespace Grpc.Protocol;

/// <summary>A peer broke the protocol or a limit; the call ends with this status.</summary>
internal sealed class GrpcProtocolException(StatusCode statusCode, string detail, Exception? inner = null) : Exception(detail, inner)
{
    public Status Status => new(statusCode, Message, InnerException);
}
