using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Checkpoints;

/// <summary>A checkpoint's entry in the catalogue. The checkpoint exists when this does.</summary>
/// <param name="Attempt">Who wrote it.</param>
/// <param name="Epoch">Epochs trained when it was taken.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Location">Where its files are: the URI of a folder.</param>
/// <param name="ManifestSha256">The hash of its manifest, lower-case hexadecimal; the manifest has those of the files.</param>
/// <param name="Bytes">The size of all its files.</param>
/// <param name="Metric">The optimised metric at that epoch, if it was measured.</param>
/// <param name="CreatedAt">When it was durable.</param>
public sealed record CheckpointRecord(AttemptId Attempt, int Epoch, long Step, string Location, string ManifestSha256, long Bytes, double? Metric, DateTimeOffset CreatedAt);
