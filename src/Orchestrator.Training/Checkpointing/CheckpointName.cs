using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Names of checkpoints in their trial's folder; they sort by age, and no two attempts, nor two process groups of one, write the same one.</summary>
internal static class CheckpointName
{
    internal static string Of(TrialAssignment assignment, long step)
    {
        var name = $"step-{step:D9}-attempt-{assignment.Attempt.Number:D3}";
        return assignment.Generation == 1 ? name : $"{name}-generation-{assignment.Generation:D3}";
    }
}
