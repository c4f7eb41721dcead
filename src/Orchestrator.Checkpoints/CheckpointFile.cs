namespace Orchestrator.Checkpoints;

/// <summary>A file to write into a checkpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Writes its content.</param>
public sealed record CheckpointFile(string Name, Action<Stream> Write);
