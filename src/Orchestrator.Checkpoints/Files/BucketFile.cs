namespace Orchestrator.Checkpoints.Files;

/// <summary>A file in a bucket.</summary>
/// <param name="Name">Its name below the prefix that was listed from, with slashes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Version">Another one when its content is another.</param>
public sealed record BucketFile(string Name, long Bytes, DateTimeOffset WrittenAt, string Version);
