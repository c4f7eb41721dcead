using Orchestrator.Domain.Checkpoints;

namespace Orchestrator.Coordinator.Rest;

/// <summary>A checkpoint in the REST API.</summary>
internal sealed record CheckpointResource(int Attempt, int Epoch, long Step, string Location, string ManifestSha256, long Bytes, double? Metric, DateTimeOffset CreatedAt)
{
    public static CheckpointResource Of(CheckpointRecord record) =>
        new(record.Attempt.Number, record.Epoch, record.Step, record.Location, record.ManifestSha256, record.Bytes, record.Metric, record.CreatedAt);
}
