namespace OpenTelemetry.Exporter;

/// <summary>A finished page, and when it was made.</summary>
internal sealed record ScrapePage(byte[] Content, long Started, DateTimeOffset GeneratedAt);
