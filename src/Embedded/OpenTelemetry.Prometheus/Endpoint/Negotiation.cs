using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OpenTelemetry.Exposition;

namespace OpenTelemetry.Exporter;

/// <summary>Chooses the format by the Accept header, as a Prometheus server sends it.</summary>
internal static class Negotiation
{
    private const string OpenMetrics = "application/openmetrics-text";
    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";

    public static (ExpositionFormat Format, string ContentType) Choose(StringValues accept)
    {
        (ExpositionFormat, string) best = (ExpositionFormat.Text, TextType);
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return best;
        var bestQuality = 0.0;
        foreach (var range in ranges)
        {
            var quality = range.Quality ?? 1;
            if (quality <= bestQuality || TypeFor(range) is not { } answer) continue;
            (best, bestQuality) = (answer, quality);
        }
        return best;
    }

    private static (ExpositionFormat, string)? TypeFor(MediaTypeHeaderValue range)
    {
        var version = range.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.ToString().Trim('"');
        if (range.MediaType.Equals(OpenMetrics, StringComparison.OrdinalIgnoreCase))
        {
            return version is null or "" or "1.0.0" or "0.0.1"
                ? (ExpositionFormat.OpenMetrics, $"{OpenMetrics}; version={(version is "0.0.1" ? version : "1.0.0")}; charset=utf-8")
                : null;
        }
        var isText = range.MatchesAllTypes || (range.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || range.SubType.Equals("plain", StringComparison.OrdinalIgnoreCase)));
        return isText && version is null or "" or "0.0.4" ? (ExpositionFormat.Text, TextType) : null;
    }
}
