using Orchestrator.Domain.Budgets;
using Orchestrator.TestKit.Budgets;

namespace Orchestrator.Domain.Tests.TestKit;

public sealed class InMemoryBudgetLedgerTests : BudgetLedgerConformance
{
    protected override IBudgetLedger Ledger { get; } = new InMemoryBudgetLedger();

    protected override Task ReopenAsync() => Task.CompletedTask;
}
