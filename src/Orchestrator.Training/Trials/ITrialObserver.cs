using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;

namespace Orchestrator.Training.Trials;

/// <summary>
/// Watches a trial on one rank. All members but <see cref="OnCheckpointSaved"/> are called from the training thread, which waits for them:
/// they must only take note and return.
/// </summary>
public interface ITrialObserver
{
    /// <summary>Polled once a step. The ranks agree: when one asks, all end after the same step.</summary>
    StopRequest StopRequest { get; }

    /// <summary>The trial is set up (data open, model built, state restored) and its first step follows.</summary>
    void OnStarted(TrialStarted started);

    /// <summary>The ranks that are left have formed a new process group, agree on the state, and go on.</summary>
    void OnRegrouped(TrialRegrouped regrouped)
    {
    }

    /// <summary>A few times a second at most.</summary>
    void OnProgress(TrialProgress progress);

    /// <summary>An epoch is trained and evaluated. The same numbers on every rank.</summary>
    void OnEpoch(EpochReport report);

    /// <summary>A checkpoint is durable; its registration follows. Rank 0 only, from a background thread.</summary>
    void OnCheckpointSaved(CheckpointRecord record);

    /// <summary>A due checkpoint was not taken or failed; training goes on. Rank 0 only, from any thread.</summary>
    void OnCheckpointSkipped(int epoch, string reason);

    /// <summary>A checkpoint to resume from could not be used; the one before is tried. Rank 0 only.</summary>
    void OnCheckpointRefused(CheckpointRecord record, CheckpointException reason);
}
