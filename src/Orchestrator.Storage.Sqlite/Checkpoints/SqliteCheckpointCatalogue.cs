using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Reading;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>The catalogue in the tables <c>fence</c> and <c>checkpoint</c>.</summary>
internal sealed class SqliteCheckpointCatalogue(WriteQueue writes, ReaderPool readers) : ICheckpointCatalogue
{
    private const string ListSql =
        """
        SELECT attempt, epoch, step, location, manifest_sha256, bytes, metric, created_at FROM checkpoint
        WHERE experiment = $1 AND trial = $2 ORDER BY epoch DESC, attempt DESC, step DESC, location
        """;

    public Task FenceAsync(AttemptId attempt, CancellationToken cancellationToken) => writes.Enqueue(new FenceWrite(attempt, cancellationToken), cancellationToken);

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken) => writes.Enqueue(new RegisterWrite(record, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<CheckpointRecord>> ListAsync(TrialId trial, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => List(session, trial), cancellationToken);

    public Task RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken) =>
        writes.Enqueue(new RemoveWrite(trial, location, cancellationToken), cancellationToken);

    private static List<CheckpointRecord> List(SqliteSession session, TrialId trial)
    {
        using var rows = session.Bind(ListSql, trial.Experiment.Value, (long)trial.Number).ExecuteReader();
        var records = new List<CheckpointRecord>();
        while (rows.Read()) records.Add(Record(rows, trial));
        return records;
    }

    private static CheckpointRecord Record(SqliteDataReader row, TrialId trial) => new(
        new AttemptId(trial, row.GetInt32(0)),
        row.GetInt32(1),
        row.GetInt64(2),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.IsDBNull(6) ? null : double.Parse(row.GetString(6), NumberStyles.Float, CultureInfo.InvariantCulture),
        DateTimeOffset.Parse(row.GetString(7), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
}
