namespace Orchestrator.Coordinator.Artifacts;

/// <summary>A file that an experiment or a trial made.</summary>
/// <param name="Name">Where it lies in the folder of artifacts, with slashes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Open">Opens it for reading; the stream is seekable.</param>
public sealed record ArtifactFile(string Name, long Bytes, DateTimeOffset WrittenAt, Func<Stream> Open);
