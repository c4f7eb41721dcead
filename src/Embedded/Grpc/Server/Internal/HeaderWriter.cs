using System.Globalization;
using Grpc.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Writes status and metadata of a call as HTTP headers or trailers.</summary>
internal static class HeaderWriter
{
    public static void Write(IHeaderDictionary headers, Status status, Metadata? metadata)
    {
        if (metadata is not null) WriteMetadata(headers, metadata);
        headers[GrpcProtocol.StatusHeader] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail)) headers[GrpcProtocol.MessageHeader] = PercentEncoding.Encode(status.Detail);
    }

    public static void WriteMetadata(IHeaderDictionary headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!MetadataCodec.IsReserved(entry.Key)) headers[entry.Key] = StringValues.Concat(headers[entry.Key], MetadataCodec.EncodeValue(entry));
        }
    }
}
