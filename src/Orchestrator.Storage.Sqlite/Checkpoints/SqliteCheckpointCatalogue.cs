using System.Globalization;
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
        WHERE experiment = ?1 AND trial = ?2 ORDER BY epoch DESC, attempt DESC, step DESC, location
        """;

    public Task FenceAsync(AttemptId attempt, CancellationToken cancellationToken) => writes.Enqueue(new FenceWrite(attempt, cancellationToken), cancellationToken);

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken) => writes.Enqueue(new RegisterWrite(record, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<CheckpointRecord>> ListAsync(TrialId trial, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => List(session, trial), cancellationToken);

    public Task RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken) =>
        writes.Enqueue(new RemoveWrite(trial, location, cancellationToken), cancellationToken);

    public Task RemoveAsync(TrialId trial, CancellationToken cancellationToken) => writes.Enqueue(new RemoveTrialWrite(trial, cancellationToken), cancellationToken);

    private static List<CheckpointRecord> List(SqliteSession session, TrialId trial)
    {
        var rows = session.Prepare(ListSql).Bind(1, trial.Experiment.Value).Bind(2, trial.Number);
        var records = new List<CheckpointRecord>();
        while (rows.Read()) records.Add(Record(rows, trial));
        return records;
    }

    private static CheckpointRecord Record(SqliteStatement row, TrialId trial) => new(
        new AttemptId(trial, (int)row.Integer(0)),
        (int)row.Integer(1),
        row.Integer(2),
        row.Text(3),
        row.Text(4),
        row.Integer(5),
        row.IsNull(6) ? null : double.Parse(row.Text(6), NumberStyles.Float, CultureInfo.InvariantCulture),
        DateTimeOffset.Parse(row.Text(7), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
}
