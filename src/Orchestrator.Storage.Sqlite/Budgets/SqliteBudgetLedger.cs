using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Reading;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Budgets;

/// <summary>The ledger in the table <c>device_time</c>.</summary>
internal sealed class SqliteBudgetLedger(WriteQueue writes, ReaderPool readers) : IBudgetLedger
{
    public Task RecordAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken) =>
        writes.Enqueue(new RecordUseWrite(entries, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string queue, DateOnly since, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => Entries(session, queue, since), cancellationToken);

    private static List<LedgerEntry> Entries(SqliteSession session, string queue, DateOnly since)
    {
        var rows = session.Prepare("SELECT day, experiment, ticks FROM device_time WHERE queue = ?1 AND day >= ?2").Bind(1, queue).Bind(2, since.DayNumber);
        var entries = new List<LedgerEntry>();
        while (rows.Read()) entries.Add(new LedgerEntry(queue, new ExperimentId(rows.Text(1)), DateOnly.FromDayNumber((int)rows.Integer(0)), TimeSpan.FromTicks(rows.Integer(2))));
        return entries;
    }
}
