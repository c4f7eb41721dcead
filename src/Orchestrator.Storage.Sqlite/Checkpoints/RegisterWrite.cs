using System.Globalization;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>Registers a checkpoint unless a later attempt holds the fence; the answer is whether it did.</summary>
internal sealed class RegisterWrite(CheckpointRecord record, CancellationToken cancellationToken) : Write<bool>(cancellationToken)
{
    private const string Sql =
        """
        INSERT INTO checkpoint (experiment, trial, location, attempt, epoch, step, manifest_sha256, bytes, metric, created_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
        WHERE NOT EXISTS (SELECT 1 FROM fence WHERE experiment = ?1 AND trial = ?2 AND attempt > ?4)
        ON CONFLICT (experiment, trial, location) DO UPDATE SET
            attempt = excluded.attempt, epoch = excluded.epoch, step = excluded.step, manifest_sha256 = excluded.manifest_sha256,
            bytes = excluded.bytes, metric = excluded.metric, created_at = excluded.created_at
        """;

    protected override bool Run(SqliteSession session) =>
        session.Prepare(Sql)
            .Bind(1, record.Attempt.Trial.Experiment.Value)
            .Bind(2, record.Attempt.Trial.Number)
            .Bind(3, record.Location)
            .Bind(4, record.Attempt.Number)
            .Bind(5, record.Epoch)
            .Bind(6, record.Step)
            .Bind(7, record.ManifestSha256)
            .Bind(8, record.Bytes)
            .Bind(9, record.Metric?.ToString("R", CultureInfo.InvariantCulture))
            .Bind(10, record.CreatedAt.ToString("O", CultureInfo.InvariantCulture))
            .Run() > 0;
}
