using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Storage.Sqlite.Tests;

public sealed class SqliteExperimentJournalTests : ExperimentJournalConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store;

    public SqliteExperimentJournalTests() => _store = SqliteStore.Open(_folder.At("orch.db"));

    protected override IExperimentJournal Journal => _store.Journal;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    protected override Task ReopenAsync()
    {
        _store.Dispose();
        _store = SqliteStore.Open(_folder.At("orch.db"));
        return Task.CompletedTask;
    }
}
