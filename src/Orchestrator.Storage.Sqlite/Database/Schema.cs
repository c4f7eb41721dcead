using Orchestrator.Domain.Journal;

namespace Orchestrator.Storage.Sqlite.Database;

/// <summary>The tables, as a list of steps; <c>user_version</c> counts those a file has had. A step is never changed, only followed.</summary>
internal static class Schema
{
    /// <summary>Marks a file as ours: "Orch" in ASCII.</summary>
    public const int ApplicationId = 0x4F726368;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE experiment (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE event (
            experiment INTEGER NOT NULL REFERENCES experiment (id),
            version INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (experiment, version)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fence (
            experiment TEXT NOT NULL,
            trial INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            PRIMARY KEY (experiment, trial)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoint (
            experiment TEXT NOT NULL,
            trial INTEGER NOT NULL,
            location TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            step INTEGER NOT NULL,
            manifest_sha256 TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            metric TEXT, -- as text, because SQLite keeps not-a-number as NULL
            created_at TEXT NOT NULL,
            PRIMARY KEY (experiment, trial, location)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE curve (
            id INTEGER PRIMARY KEY,
            experiment TEXT NOT NULL,
            trial INTEGER NOT NULL,
            metric TEXT NOT NULL,
            stride INTEGER NOT NULL,
            UNIQUE (experiment, trial, metric)
        ) STRICT;
        CREATE TABLE point (
            curve INTEGER NOT NULL REFERENCES curve (id),
            stretch INTEGER NOT NULL,
            step INTEGER NOT NULL,
            value REAL, -- NULL is not-a-number
            attempt INTEGER NOT NULL,
            PRIMARY KEY (curve, stretch)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE device_time (
            queue TEXT NOT NULL,
            day INTEGER NOT NULL, -- days since 0001-01-01
            experiment TEXT NOT NULL,
            ticks INTEGER NOT NULL, -- of 100 ns
            PRIMARY KEY (queue, day, experiment)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Current => Steps.Length;

    /// <summary>Runs the steps that a file lacks.</summary>
    /// <exception cref="JournalUnavailableException">The file is another program's, or of a newer version of this one.</exception>
    public static void Upgrade(SqliteSession session, string path)
    {
        if (Check(session, path) == Current) return;
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            // Asked again inside the transaction: another process may have upgraded in between.
            for (var version = Check(session, path); version < Current; version++) session.Execute(Steps[version]);
            session.Execute($"PRAGMA application_id = {ApplicationId}");
            session.Execute($"PRAGMA user_version = {Current}");
            session.Execute("COMMIT");
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }

    private static int Check(SqliteSession session, string path)
    {
        var version = session.Scalar("PRAGMA user_version");
        if (session.Scalar("PRAGMA application_id") != ApplicationId && session.Scalar("SELECT count(*) FROM sqlite_schema") > 0)
            throw new JournalUnavailableException($"'{path}' is the database of another program. Name another file.");
        if (version > Current)
            throw new JournalUnavailableException($"'{path}' has schema version {version}, and this program knows up to {Current}. Use the newer program that wrote it, or name another file.");
        return (int)version;
    }
}
