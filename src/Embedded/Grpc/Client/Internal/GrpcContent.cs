using System.Net;
using System.Net.Http.Headers;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>The HTTP side of a request body.</summary>
internal sealed class GrpcContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcContentType = new(GrpcProtocol.ContentType);

    private readonly IRequestBody _body;

    public GrpcContent(IRequestBody body)
    {
        _body = body;
        Headers.ContentType = GrpcContentType;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _body.SendAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.SendAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
