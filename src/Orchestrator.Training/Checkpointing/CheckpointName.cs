namespace Orchestrator.Training.Checkpointing;

/// <summary>Names of checkpoints in their trial's folder; they sort by age, and no two attempts write the same one.</summary>
internal static class CheckpointName
{
    internal static string Of(int attempt, long step) => $"step-{step:D9}-attempt-{attempt:D3}";
}
