using Orchestrator.Domain.Budgets;
using Orchestrator.TestKit.Budgets;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests;

public sealed class SqliteBudgetLedgerTests : BudgetLedgerConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store;

    public SqliteBudgetLedgerTests() => _store = SqliteStore.Open(_folder.At("orch.db"));

    protected override IBudgetLedger Ledger => _store.Budgets;

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
