using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Sqlite.Budgets;
using Orchestrator.Storage.Sqlite.Checkpoints;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Journal;
using Orchestrator.Storage.Sqlite.Metrics;
using Orchestrator.Storage.Sqlite.Reading;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite;

/// <summary>
/// All metadata of one installation in one SQLite file (WAL, synchronous=FULL): what was acknowledged survives <c>kill -9</c> and a power cut.
/// Thread-safe. Several processes may open one file; versions and fences hold between them too.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private readonly WriteQueue _writes;
    private readonly ReaderPool _readers;

    private SqliteStore(SqliteDatabase database)
    {
        _writes = new WriteQueue(database);
        _readers = new ReaderPool(database);
        Journal = new SqliteExperimentJournal(database, _writes, _readers);
        Metrics = new SqliteMetricStore(_writes, _readers);
        Checkpoints = new SqliteCheckpointCatalogue(_writes, _readers);
        Budgets = new SqliteBudgetLedger(_writes, _readers);
    }

    /// <summary>The journal of every experiment.</summary>
    public IExperimentJournal Journal { get; }

    /// <summary>The metadata of every checkpoint.</summary>
    public ICheckpointCatalogue Checkpoints { get; }

    /// <summary>What teams have used of their budgets.</summary>
    public IBudgetLedger Budgets { get; }

    /// <summary>The curves of every trial.</summary>
    public IMetricStore Metrics { get; }

    /// <summary>Opens a file, made where it does not exist, and brings its schema up to date.</summary>
    /// <exception cref="JournalUnavailableException">The file can't be used: damaged, not ours, of a newer version, read-only, no space.</exception>
    public static SqliteStore Open(SqliteStoreOptions options)
    {
        var database = new SqliteDatabase(options);
        database.Prepare();
        return new SqliteStore(database);
    }

    /// <summary>Opens a file with default options.</summary>
    /// <exception cref="JournalUnavailableException">The file can't be used: damaged, not ours, of a newer version, read-only, no space.</exception>
    public static SqliteStore Open(string path) => Open(new SqliteStoreOptions { Path = path });

    /// <summary>Writes what was queued, then closes the file.</summary>
    public void Dispose()
    {
        _writes.Dispose();
        _readers.Dispose();
    }
}
