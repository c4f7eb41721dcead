using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Restores a trial from its newest sound checkpoint.</summary>
internal static class CheckpointResume
{
    /// <returns>The checkpoint that was used, or null when the trial starts at the beginning.</returns>
    internal static CheckpointRecord? Restore(TrialSetup setup, ITrialObserver observer)
    {
        var assignment = setup.Assignment;
        foreach (var record in assignment.ResumeFrom)
        {
            try
            {
                var location = CheckpointLocation.Parse(record.Location);
                var checkpoint = location.OpenStore().Open(location.Name, record.ManifestSha256);
                setup.CheckPrivacyOf(checkpoint.Manifest.Parameters);
                StateLoader.Load(checkpoint, setup.State);
                if (IsOfAnother(record, assignment))
                    setup.State.RestartEpoch();
                return record;
            }
            catch (CheckpointException exception) when (IsOfThisOne(exception.Error, record, assignment))
            {
                observer.OnCheckpointRefused(record, exception);
            }
        }

        return null;
    }

    /// <summary>A store that does not answer says nothing about its checkpoints: to begin with an older one would throw work away that is safe.</summary>
    private static bool IsOfThisOne(CheckpointError error, CheckpointRecord record, TrialAssignment assignment) =>
        error != CheckpointError.Unavailable && (error != CheckpointError.Incompatible || !IsOfAnother(record, assignment));

    /// <summary>A fork's parent wrote it. One that does not fit the fork's model fits no older one either, so that is an error, not a reason to begin anew.</summary>
    private static bool IsOfAnother(CheckpointRecord record, TrialAssignment assignment) => record.Attempt.Trial != assignment.Attempt.Trial;
}
