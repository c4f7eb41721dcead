using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Journal;

/// <summary>Appends events if the journal is at the version expected; the answer is the version it has then.</summary>
internal sealed class AppendWrite(ExperimentId experiment, long expectedVersion, byte[][] bodies, CancellationToken cancellationToken) : Write<long>(cancellationToken)
{
    protected override long Run(SqliteSession session)
    {
        var key = session.Prepare("SELECT id FROM experiment WHERE name = ?1").Bind(1, experiment.Value).Scalar();
        var version = key is null ? 0 : session.Prepare("SELECT max(version) FROM event WHERE experiment = ?1").Bind(1, key.Value).Scalar()!.Value;
        if (key is not null && version == 0) version = JournalConflictException.Removed; // the name without events keeps the id from being used again
        if (version != expectedVersion) return Conflict(version);
        key ??= session.Prepare("INSERT INTO experiment (name) VALUES (?1) RETURNING id").Bind(1, experiment.Value).Scalar()!.Value;
        var insert = session.Prepare("INSERT INTO event (experiment, version, body) VALUES (?1, ?2, ?3)");
        foreach (var body in bodies) insert.Bind(1, key.Value).Bind(2, ++version).Bind(3, body).Run();
        return version;
    }

    protected override Exception? Refusal(long result) => result < 0 ? new JournalConflictException(experiment, expectedVersion, -result - 2) : null;

    // A conflict is told as a negative answer, not thrown: it must not undo the transaction it shares.
    private static long Conflict(long actual) => -actual - 2;
}
