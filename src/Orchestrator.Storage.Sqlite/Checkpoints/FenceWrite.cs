using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>Raises a trial's fence; the answer is whether it did.</summary>
internal sealed class FenceWrite(AttemptId attempt, CancellationToken cancellationToken) : Write<bool>(cancellationToken)
{
    private const string Sql =
        """
        INSERT INTO fence (experiment, trial, attempt) VALUES (?1, ?2, ?3)
        ON CONFLICT (experiment, trial) DO UPDATE SET attempt = excluded.attempt WHERE excluded.attempt > attempt
        """;

    protected override bool Run(SqliteSession session) =>
        session.Prepare(Sql).Bind(1, attempt.Trial.Experiment.Value).Bind(2, attempt.Trial.Number).Bind(3, attempt.Number).Run() > 0;
}
