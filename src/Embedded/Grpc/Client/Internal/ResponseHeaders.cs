using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>Reads the headers and trailers of an HTTP response as gRPC means them.</summary>
internal static class ResponseHeaders
{
    /// <exception cref="GrpcProtocolException">This is no gRPC response.</exception>
    public static void Check(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcProtocolException(
                StatusMapping.FromHttpStatus((int)response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        }

        if (response.Version < HttpVersion.Version20)
            throw new GrpcProtocolException(StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version}.");
        var contentType = First(response.Content.Headers, "Content-Type");
        if (!GrpcProtocol.IsGrpcContentType(contentType))
            throw new GrpcProtocolException(StatusCode.Unknown, $"Bad gRPC response. Invalid content-type value: {contentType ?? "none"}");
    }

    public static string? ReadEncoding(HttpResponseMessage response) => First(response.Headers, GrpcProtocol.EncodingHeader);

    public static string? ReadPushback(HttpResponseMessage response) => First(response.Headers, GrpcProtocol.RetryPushbackHeader);

    /// <returns>The status of a response that has nothing but headers; null for another response.</returns>
    public static Status? ReadTrailersOnly(HttpResponseMessage response) =>
        First(response.Headers, GrpcProtocol.StatusHeader) is null ? null : ReadStatus(response).Status;

    public static Metadata ReadMetadata(HttpResponseMessage response) => Read(response.Headers) ?? [];

    /// <summary>The status at the end of the response: in the trailers, or in the headers when there was nothing else.</summary>
    public static (Status Status, Metadata? Trailers) ReadStatus(HttpResponseMessage response)
    {
        HttpHeaders headers = First(response.Headers, GrpcProtocol.StatusHeader) is null ? response.TrailingHeaders : response.Headers;
        if (First(headers, GrpcProtocol.StatusHeader) is not { } text)
            throw new GrpcProtocolException(StatusCode.Unknown, "No grpc-status found on response.");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new GrpcProtocolException(StatusCode.Unknown, $"Unexpected grpc-status value: {text}");
        var message = First(headers, GrpcProtocol.MessageHeader) is { } encoded ? PercentEncoding.Decode(encoded) : "";
        var known = code is >= 0 and <= (int)StatusCode.Unauthenticated ? (StatusCode)code : StatusCode.Unknown;
        return (new Status(known, message), Read(headers));
    }

    private static Metadata? Read(HttpHeaders headers)
    {
        Metadata? metadata = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!MetadataCodec.IsApplicationHeader(name)) continue;
            metadata ??= [];
            foreach (var value in values) MetadataCodec.Decode(metadata, name, value);
        }

        return metadata;
    }

    private static string? First(HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values)) return null;
        foreach (var value in values) return value;
        return null;
    }
}
