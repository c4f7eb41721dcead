namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ETag">Changes when its content does.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record S3Item(string Key, long Bytes, string ETag, DateTimeOffset WrittenAt);
