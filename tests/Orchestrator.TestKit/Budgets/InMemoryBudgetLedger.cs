using System.Collections.Concurrent;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;

namespace Orchestrator.TestKit.Budgets;

/// <summary>A ledger that forgets when the process ends.</summary>
public sealed class InMemoryBudgetLedger : IBudgetLedger
{
    private readonly ConcurrentDictionary<(string Queue, ExperimentId Experiment, DateOnly Day), TimeSpan> _entries = new();

    /// <inheritdoc/>
    public Task RecordAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries) _entries.AddOrUpdate((entry.Queue, entry.Experiment, entry.Day), entry.Time, (_, known) => entry.Time > known ? entry.Time : known);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string queue, DateOnly since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LedgerEntry>>([.. _entries.Where(e => e.Key.Queue == queue && e.Key.Day >= since).Select(e => new LedgerEntry(queue, e.Key.Experiment, e.Key.Day, e.Value))]);
}
