namespace Orchestrator.Domain.Specs;

/// <summary>What is kept of a trial besides its checkpoints.</summary>
public enum ArtifactKind
{
    /// <summary>Of each checkpoint, files of what the model makes and of what explains it.</summary>
    Files,

    /// <summary>Event files with metrics and pictures, which TensorBoard shows.</summary>
    TensorBoard,
}
