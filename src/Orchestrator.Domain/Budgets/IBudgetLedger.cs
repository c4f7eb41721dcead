namespace Orchestrator.Domain.Budgets;

/// <summary>
/// What the teams that have a budget have used, kept beyond restarts and beyond the experiments that used it. The truth about an experiment is its
/// journal, from which all of its entries can be made again; so an entry may come late, twice, or in any order.
/// </summary>
public interface IBudgetLedger
{
    /// <summary>Keeps entries, durably; where that fails, some of them may have been kept. An entry with less time than is known for its experiment and day changes nothing.</summary>
    Task RecordAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken);

    /// <summary>The entries of a queue since a day, that day included, in no order.</summary>
    Task<IReadOnlyList<LedgerEntry>> ReadAsync(string queue, DateOnly since, CancellationToken cancellationToken);
}
