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
        var key = Key(session);
        var version = key is null ? 0 : (long)session.Bind("SELECT coalesce(max(version), 0) FROM event WHERE experiment = $1", key).ExecuteScalar()!;
        if (version != expectedVersion) return Conflict(version);
        key ??= session.Bind("INSERT INTO experiment (name) VALUES ($1) RETURNING id", experiment.Value).ExecuteScalar();
        foreach (var body in bodies) session.Bind("INSERT INTO event (experiment, version, body) VALUES ($1, $2, $3)", key, ++version, body).ExecuteNonQuery();
        return version;
    }

    protected override Exception? Refusal(long result) => result < 0 ? new JournalConflictException(experiment, expectedVersion, -result - 1) : null;

    // A conflict is told as a negative answer, not thrown: it must not undo the transaction it shares.
    private static long Conflict(long actual) => -actual - 1;

    private object? Key(SqliteSession session) => session.Bind("SELECT id FROM experiment WHERE name = $1", experiment.Value).ExecuteScalar();
}
