using Orchestrator.Domain.Metrics;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Metrics;

namespace Orchestrator.Storage.Sqlite.Tests;

public sealed class SqliteMetricStoreTests : MetricStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store;

    public SqliteMetricStoreTests() => _store = SqliteStore.Open(_folder.At("orch.db"));

    protected override IMetricStore Store => _store.Metrics;

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
