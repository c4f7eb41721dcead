namespace Orchestrator.Training.Artifacts;

/// <summary>Where a trial's artifacts lie, in its folder.</summary>
public static class ArtifactFolders
{
    /// <summary>What the model makes and what explains it: a folder for each checkpoint, named like it.</summary>
    public const string Files = "artifacts";

    /// <summary>Event files for TensorBoard.</summary>
    public const string Events = "tensorboard";
}
