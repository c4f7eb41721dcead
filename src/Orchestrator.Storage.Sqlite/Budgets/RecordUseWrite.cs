using Orchestrator.Domain.Budgets;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Budgets;

/// <summary>Keeps what experiments have used of days; the answer is how many entries were news.</summary>
internal sealed class RecordUseWrite(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken) : Write<int>(cancellationToken)
{
    private const string Sql =
        """
        INSERT INTO device_time (queue, day, experiment, ticks) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (queue, day, experiment) DO UPDATE SET ticks = excluded.ticks WHERE excluded.ticks > ticks
        """;

    protected override int Run(SqliteSession session)
    {
        var news = 0;
        foreach (var entry in entries)
            news += session.Prepare(Sql).Bind(1, entry.Queue).Bind(2, entry.Day.DayNumber).Bind(3, entry.Experiment.Value).Bind(4, entry.Time.Ticks).Run();
        return news;
    }
}
