using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Journal;

/// <summary>Removes a journal's events if it is at the version expected; the answer is the version it had. The experiment's name stays, so that its id is used up.</summary>
internal sealed class RemoveJournalWrite(ExperimentId experiment, long expectedVersion, CancellationToken cancellationToken) : Write<long>(cancellationToken)
{
    private const string Mine = "(SELECT id FROM experiment WHERE name = ?1)";

    protected override long Run(SqliteSession session)
    {
        var version = session.Prepare($"SELECT max(version) FROM event WHERE experiment = {Mine}").Bind(1, experiment.Value).Scalar()!.Value;
        if (version == expectedVersion) session.Prepare($"DELETE FROM event WHERE experiment = {Mine}").Bind(1, experiment.Value).Run();
        return version;
    }

    protected override Exception? Refusal(long result) => result == 0 || result == expectedVersion ? null : new JournalConflictException(experiment, expectedVersion, result);
}
