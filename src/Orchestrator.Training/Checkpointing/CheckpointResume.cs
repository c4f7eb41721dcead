using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Restores a trial from its newest sound checkpoint.</summary>
internal static class CheckpointResume
{
    /// <returns>The checkpoint that was used, or null when the trial starts at the beginning.</returns>
    internal static CheckpointRecord? Restore(TrialAssignment assignment, TrainingState state, ITrialObserver observer)
    {
        foreach (var record in assignment.ResumeFrom)
        {
            try
            {
                var location = CheckpointLocation.Parse(record.Location);
                StateLoader.Load(location.OpenStore().Open(location.Name, record.ManifestSha256), state);
                return record;
            }
            catch (CheckpointException exception)
            {
                observer.OnCheckpointRefused(record, exception);
            }
        }

        return null;
    }
}
