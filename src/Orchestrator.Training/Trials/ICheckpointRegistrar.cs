using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Training.Trials;

/// <summary>The engine's way to the checkpoint catalogue. Training never waits for it; only deletions do.</summary>
public interface ICheckpointRegistrar
{
    /// <summary>Registers a durable checkpoint; completes when the catalogue has it, however long that takes.</summary>
    /// <returns>False when the attempt is fenced: it must stop saving.</returns>
    Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken);

    /// <summary>Takes a checkpoint out of the catalogue; its files are deleted once this completes.</summary>
    /// <returns>False when it is still in the catalogue, because a fork is to begin from it or the attempt is fenced: its files must stay.</returns>
    Task<bool> RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken);
}
