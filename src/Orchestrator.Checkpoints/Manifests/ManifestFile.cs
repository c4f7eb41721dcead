namespace Orchestrator.Checkpoints.Manifests;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">Its name in the checkpoint's folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, lower-case hexadecimal.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);
