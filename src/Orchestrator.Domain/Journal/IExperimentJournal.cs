using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Journal;

/// <summary>
/// The events of every experiment, in order: the one truth about it. An append is atomic and durable when it returns;
/// its cost does not grow with the number of events.
/// </summary>
public interface IExperimentJournal
{
    /// <summary>Appends events behind version <paramref name="expectedVersion"/> (0: the experiment is new).</summary>
    /// <returns>The new version: <paramref name="expectedVersion"/> plus the number of events.</returns>
    /// <exception cref="JournalConflictException">The journal is at another version; nothing was written. Read again and decide again.</exception>
    /// <exception cref="JournalUnavailableException">
    /// The store can't write. Nothing was written, or, where a connection broke before the answer, that is not known: then the next append tells by its version.
    /// </exception>
    Task<long> AppendAsync(ExperimentId experiment, long expectedVersion, IReadOnlyList<ExperimentEvent> events, CancellationToken cancellationToken);

    /// <summary>Reads an experiment's events behind <paramref name="afterVersion"/> (0: all), in order, with the version of each. Nothing for an unknown experiment.</summary>
    IAsyncEnumerable<(long Version, ExperimentEvent Event)> ReadAsync(ExperimentId experiment, long afterVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Removes all events of an experiment at once; it is not listed then. Its id is used up: an append to it conflicts, whatever version it expects.
    /// No error for an experiment that is unknown or removed.
    /// </summary>
    /// <exception cref="JournalConflictException">The journal is at another version; nothing was removed.</exception>
    /// <exception cref="JournalUnavailableException">The store can't write; as with <see cref="AppendAsync"/>.</exception>
    Task RemoveAsync(ExperimentId experiment, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>All experiments, in the order of their first event.</summary>
    Task<IReadOnlyList<ExperimentId>> ListAsync(CancellationToken cancellationToken);
}
