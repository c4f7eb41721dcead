using System.Buffers;

namespace Grpc.Protocol;

/// <summary>Metadata entries as HTTP/2 headers.</summary>
internal static class MetadataCodec
{
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c)]);

    /// <summary>Whether a received header is metadata for the application, not part of HTTP or of gRPC.</summary>
    public static bool IsApplicationHeader(string name) => name.Length > 0 && name[0] != ':' && !IsReserved(name.ToLowerInvariant());

    /// <summary>Whether the protocol itself uses this name, so that it is not the application's to set.</summary>
    public static bool IsReserved(string key) => key is GrpcProtocol.StatusHeader or GrpcProtocol.MessageHeader or GrpcProtocol.EncodingHeader
        or GrpcProtocol.AcceptEncodingHeader or GrpcProtocol.RequestEncodingKey or GrpcProtocol.TimeoutHeader or GrpcProtocol.TeHeader or "content-type" or "content-encoding"
        or "content-length" or "transfer-encoding" or "connection" or "host";

    /// <exception cref="GrpcProtocolException">The text has characters that a header may not have.</exception>
    public static string EncodeValue(Metadata.Entry entry)
    {
        if (entry.IsBinary) return Convert.ToBase64String(entry.ValueBytes);
        if (entry.Value.AsSpan().ContainsAnyExcept(ValueCharacters))
        {
            throw new GrpcProtocolException(
                StatusCode.Internal,
                $"The value of metadata '{entry.Key}' has characters outside printable ASCII: use a key that ends in '-bin' for such values.");
        }

        return entry.Value;
    }

    /// <summary>Adds a received header; a binary one may have several values separated by commas, with or without padding.</summary>
    /// <exception cref="GrpcProtocolException">A binary value is not base64.</exception>
    public static void Decode(Metadata metadata, string name, string value)
    {
        var key = name.ToLowerInvariant();
        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(Metadata.Entry.FromWire(key, value, null));
            return;
        }

        foreach (var range in value.AsSpan().Split(','))
            metadata.Add(Metadata.Entry.FromWire(key, null, DecodeBase64(key, value.AsSpan()[range].Trim())));
    }

    private static byte[] DecodeBase64(string key, ReadOnlySpan<char> text)
    {
        var padded = text.TrimEnd('=').ToString();
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        try
        {
            return Convert.FromBase64String(padded);
        }
        catch (FormatException e)
        {
            throw new GrpcProtocolException(StatusCode.Internal, $"The value of metadata '{key}' is not base64.", e);
        }
    }
}
