using System.Net;
using System.Net.Http.Headers;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body of one message, serialized before the call starts.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly MessageSerializer _message;

    public SingleMessageContent(MessageSerializer message)
    {
        _message = message;
        Headers.ContentType = GrpcContentType;
    }

    public static MediaTypeHeaderValue GrpcContentType { get; } = new(GrpcProtocol.ContentType);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_message.Framed, cancellationToken).ConfigureAwait(false);
        _message.Release();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
