using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>Raises a trial's fence; the answer is whether it did.</summary>
internal sealed class FenceWrite(AttemptId attempt, CancellationToken cancellationToken) : Write<bool>(cancellationToken)
{
    private const string Sql =
        """
        INSERT INTO fence (experiment, trial, attempt) VALUES ($1, $2, $3)
        ON CONFLICT (experiment, trial) DO UPDATE SET attempt = excluded.attempt WHERE excluded.attempt > attempt
        """;

    protected override bool Run(SqliteSession session) =>
        session.Bind(Sql, attempt.Trial.Experiment.Value, (long)attempt.Trial.Number, (long)attempt.Number).ExecuteNonQuery() > 0;
}
