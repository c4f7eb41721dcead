using System.Collections.Immutable;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Pools;

/// <summary>Brings what teams have used from the ledger to a pool, and what the pool learns to the ledger. What is lost in between, experiments say again.</summary>
/// <param name="pool">The pool.</param>
/// <param name="ledger">What outlives it.</param>
internal sealed class BudgetBook(Pool pool, IBudgetLedger ledger)
{
    private Dictionary<(ExperimentId, DateOnly), LedgerEntry> _unrecorded = [];

    /// <summary>Tells the pool what was used before it came to be.</summary>
    public async Task Load(IEnumerable<QueueSpec> queues, DateTimeOffset now)
    {
        foreach (var queue in queues)
        {
            if (queue.Budget is not { } budget) continue;
            foreach (var entry in await ledger.ReadAsync(queue.Name, budget.StartOf(DateOnly.FromDateTime(now.UtcDateTime)), CancellationToken.None))
                pool.Used(entry.Experiment, entry.Queue, [new DeviceTime(entry.Day, entry.Time)], now);
        }
    }

    /// <summary>An experiment says what it used.</summary>
    public void Say(string experiment, string queue, ImmutableArray<DayUse> days, DateTimeOffset now)
    {
        var id = new ExperimentId(experiment);
        foreach (var day in pool.Used(id, queue, days.Select(d => new DeviceTime(d.Day, d.Time)), now)) _unrecorded[(id, day.Day)] = new LedgerEntry(queue, id, day.Day, day.Time);
    }

    /// <summary>Makes what was said durable. Where that fails it is tried again the next time.</summary>
    public async Task Record()
    {
        if (_unrecorded.Count == 0) return;
        var entries = _unrecorded;
        _unrecorded = [];
        try
        {
            await ledger.RecordAsync([.. entries.Values], CancellationToken.None);
        }
        catch
        {
            foreach (var (key, entry) in entries) _unrecorded.TryAdd(key, entry); // what was said meanwhile is more
            throw;
        }
    }
}
