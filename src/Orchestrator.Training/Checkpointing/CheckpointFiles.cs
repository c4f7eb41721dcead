namespace Orchestrator.Training.Checkpointing;

/// <summary>Names in a checkpoint.</summary>
internal static class CheckpointFiles
{
    /// <summary>Parameters and buffers, named as in PyTorch's state_dict.</summary>
    internal const string Model = "model.safetensors";

    /// <summary>The optimizer's state, <c>STATE.PARAMETER</c> each, and the number of each network's updates.</summary>
    internal const string Optimizer = "optimizer.safetensors";

    /// <summary>Name of the updates counter.</summary>
    internal const string Updates = "updates";
}
