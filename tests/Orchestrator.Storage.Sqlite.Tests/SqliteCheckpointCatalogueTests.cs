using Orchestrator.Domain.Checkpoints;
using Orchestrator.TestKit.Checkpoints;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests;

public sealed class SqliteCheckpointCatalogueTests : CheckpointCatalogueConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store;

    public SqliteCheckpointCatalogueTests() => _store = SqliteStore.Open(_folder.At("orch.db"));

    protected override ICheckpointCatalogue Catalogue => _store.Checkpoints;

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
