using Orchestrator.Coordinator.Artifacts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>An artifact of a trial in the REST API.</summary>
internal sealed record ArtifactResource(string Name, long Bytes, DateTimeOffset WrittenAt)
{
    public static ArtifactResource Of(ArtifactFile file) => new(file.Name, file.Bytes, file.WrittenAt);
}
