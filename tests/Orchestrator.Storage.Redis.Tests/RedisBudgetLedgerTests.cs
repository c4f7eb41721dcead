using Orchestrator.Domain.Budgets;
using Orchestrator.Storage.Redis.Tests.Server;
using Orchestrator.TestKit.Budgets;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Storage.Redis.Tests;

[Collection(nameof(RedisCollection))]
public sealed class RedisBudgetLedgerTests : BudgetLedgerConformance, IDisposable
{
    private readonly RedisStoreOptions _options;
    private RedisStore _store;

    public RedisBudgetLedgerTests(RedisServer server)
    {
        _options = new RedisStoreOptions { Url = server.Url, Prefix = Guid.NewGuid().ToString("N"), Timeout = TimeSpan.FromSeconds(30) };
        _store = RedisStore.Open(_options);
    }

    protected override IBudgetLedger Ledger => _store.Budgets;

    public void Dispose() => _store.Dispose();

    protected override Task ReopenAsync()
    {
        _store.Dispose();
        _store = RedisStore.Open(_options);
        return Task.CompletedTask;
    }
}
