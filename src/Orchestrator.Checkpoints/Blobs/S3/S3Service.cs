namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>Which S3 service is meant. What is null is as the AWS SDK finds it: AWS_ENDPOINT_URL_S3, AWS_REGION, the profile.</summary>
/// <param name="Endpoint">The service's URL, of MinIO or Ceph say; null: AWS, unless the environment says otherwise.</param>
/// <param name="Region">The region.</param>
/// <param name="PathStyle">Whether the bucket is in the path and not in the host name; null: where there is an endpoint.</param>
public sealed record S3Service(Uri? Endpoint, string? Region, bool? PathStyle)
{
    private const string EndpointKey = "endpoint";
    private const string RegionKey = "region";
    private const string PathStyleKey = "path_style";

    /// <summary>As the end of a URL: "" or <c>?endpoint=...</c>.</summary>
    internal string Query
    {
        get
        {
            var parts = new List<string>(3);
            if (Endpoint is not null) parts.Add($"{EndpointKey}={Endpoint.GetLeftPart(UriPartial.Authority)}");
            if (Region is not null) parts.Add($"{RegionKey}={Region}");
            if (PathStyle is { } style) parts.Add($"{PathStyleKey}={(style ? "true" : "false")}");
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <exception cref="FormatException">A part is unknown or has another form.</exception>
    internal static S3Service Parse(string query)
    {
        var service = new S3Service(null, null, null);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.Split('=', 2) is [var left, { Length: > 0 } right] ? (left, Uri.UnescapeDataString(right)) : throw new FormatException($"'{part}' of the s3:// URL has no value.");
            service = key switch
            {
                EndpointKey => service with { Endpoint = ReadEndpoint(value) },
                RegionKey => service with { Region = ReadRegion(value) },
                PathStyleKey => service with { PathStyle = bool.TryParse(value, out var style) ? style : throw new FormatException($"{PathStyleKey} of an s3:// URL is true or false, not '{value}'.") },
                _ => throw new FormatException($"An s3:// URL has {EndpointKey}=, {RegionKey}= and {PathStyleKey}= behind '?', and no '{key}'; credentials come from the environment, never from the URL."),
            };
        }

        return service;
    }

    private static Uri ReadEndpoint(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", PathAndQuery: "/" }
            ? uri
            : throw new FormatException($"{EndpointKey}= of an s3:// URL is http:// or https:// with a host and no more, not '{value}'.");

    private static string ReadRegion(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? value : throw new FormatException($"'{value}' is no region.");
}
