using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Checkpoints;

/// <summary>The metadata of every checkpoint. Each call is atomic and durable when it returns.</summary>
public interface ICheckpointCatalogue
{
    /// <summary>Fences a trial: from now on only <paramref name="attempt"/> and later ones may register. Fencing by an older attempt changes nothing.</summary>
    Task FenceAsync(AttemptId attempt, CancellationToken cancellationToken);

    /// <summary>Registers a checkpoint whose files are durable. Doing it twice is doing it once.</summary>
    /// <returns>False where a later attempt holds the fence: nothing was registered.</returns>
    Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken);

    /// <summary>The checkpoints of a trial, newest (highest epoch, then highest attempt) first.</summary>
    Task<IReadOnlyList<CheckpointRecord>> ListAsync(TrialId trial, CancellationToken cancellationToken);

    /// <summary>Takes a checkpoint out of the catalogue; its files may be deleted once this returns. No error where it is not there.</summary>
    Task RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken);

    /// <summary>Takes all that there is of a trial out, its fence too: for a trial that will have no attempts any more. No error where there is nothing.</summary>
    Task RemoveAsync(TrialId trial, CancellationToken cancellationToken);
}
