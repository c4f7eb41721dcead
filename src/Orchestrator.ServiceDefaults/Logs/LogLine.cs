using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.ServiceDefaults.Logs;

/// <summary>A line of a rank's log.</summary>
/// <param name="Time">When, in UTC.</param>
/// <param name="Level">How grave: trace, debug, information, warning, error or critical.</param>
/// <param name="Attempt">The trial's attempt.</param>
/// <param name="Rank">The rank.</param>
/// <param name="Worker">The worker's id.</param>
/// <param name="Message">What; with an exception, its whole text.</param>
/// <param name="TraceId">The trace that it belongs to; null: none.</param>
/// <param name="SpanId">The span in that trace.</param>
public sealed record LogLine(DateTimeOffset Time, string Level, int Attempt, int Rank, string Worker, string Message, string? TraceId = null, string? SpanId = null)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As one JSON object without line breaks, in UTF-8.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>From what <see cref="ToUtf8"/> gave; null: it is something else.</summary>
    public static LogLine? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(utf8, Options) is { Level: not null, Worker: not null, Message: not null } line ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
