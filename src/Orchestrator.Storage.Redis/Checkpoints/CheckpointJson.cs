using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Storage.Redis.Checkpoints;

/// <summary>A checkpoint's entry without what its key and field say already. The names in JSON are for ever.</summary>
internal sealed record CheckpointJson(int Attempt, int Epoch, long Step, string ManifestSha256, long Bytes, double? Metric, DateTimeOffset CreatedAt)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static byte[] Write(CheckpointRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(new CheckpointJson(record.Attempt.Number, record.Epoch, record.Step, record.ManifestSha256, record.Bytes, record.Metric, record.CreatedAt), Options);

    /// <exception cref="JsonException">The text is not an entry.</exception>
    public static CheckpointRecord Read(TrialId trial, string location, byte[] json)
    {
        var entry = JsonSerializer.Deserialize<CheckpointJson>(json, Options) ?? throw new JsonException("An entry can't be null.");
        return new CheckpointRecord(new AttemptId(trial, entry.Attempt), entry.Epoch, entry.Step, location, entry.ManifestSha256, entry.Bytes, entry.Metric, entry.CreatedAt);
    }
}
