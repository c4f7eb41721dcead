namespace Orchestrator.Checkpoints;

/// <summary>What went wrong with a checkpoint, so that a caller can choose what to do.</summary>
public enum CheckpointError
{
    /// <summary>No checkpoint has that name.</summary>
    NotFound,

    /// <summary>A file is missing, has the wrong size or hash, or cannot be parsed. Use the checkpoint before it.</summary>
    Damaged,

    /// <summary>The manifest is of a format version that this build does not read.</summary>
    UnsupportedVersion,

    /// <summary>The checkpoint is sound but holds other tensors than the model has.</summary>
    Incompatible,

    /// <summary>The disk or quota is full. Nothing was left behind.</summary>
    NoSpace,

    /// <summary>The store could not be written or read for another reason.</summary>
    StorageFailed,

    /// <summary>The store is elsewhere and does not answer, however often it was asked. What is in it is sound; try again later.</summary>
    Unavailable,
}
