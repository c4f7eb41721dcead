using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Experiments;

/// <summary>The files of experiments: checkpoints, logs of ranks, pictures.</summary>
public interface IExperimentFiles
{
    /// <summary>Removes an experiment's files. No error where it has none; one that broke off is done again.</summary>
    /// <param name="experiment">Whose.</param>
    /// <param name="keepCheckpoints">Whether what its trials saved stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">A file can't be removed; others may have been.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not.</exception>
    Task RemoveAsync(ExperimentId experiment, bool keepCheckpoints, CancellationToken cancellationToken);
}
