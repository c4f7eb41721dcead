namespace Orchestrator.Checkpoints;

/// <summary>A checkpoint that was made durable.</summary>
/// <param name="ManifestSha256">Hash of its manifest, lower-case hexadecimal.</param>
/// <param name="Bytes">Size of all its files.</param>
public sealed record WrittenCheckpoint(string ManifestSha256, long Bytes);
