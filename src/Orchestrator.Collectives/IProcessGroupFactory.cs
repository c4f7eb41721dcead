namespace Orchestrator.Collectives;

/// <summary>Forms process groups.</summary>
public interface IProcessGroupFactory
{
    /// <summary>Meets the other ranks and returns when all of them are connected.</summary>
    /// <param name="options">Which group, which rank, and where the others are.</param>
    /// <param name="cancellationToken">Gives up waiting for the others.</param>
    /// <exception cref="ArgumentException"><paramref name="options"/> contradicts itself.</exception>
    /// <exception cref="CollectiveException">A rank did not arrive within <see cref="ProcessGroupOptions.Timeout"/>, or refused.</exception>
    Task<IProcessGroup> CreateAsync(ProcessGroupOptions options, CancellationToken cancellationToken = default);
}
