using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Metrics;

/// <summary>Drops an experiment's curves; the answer is how many there were.</summary>
internal sealed class RemoveCurvesWrite(ExperimentId experiment, CancellationToken cancellationToken) : Write<int>(cancellationToken)
{
    protected override int Run(SqliteSession session)
    {
        session.Prepare("DELETE FROM point WHERE curve IN (SELECT id FROM curve WHERE experiment = ?1)").Bind(1, experiment.Value).Run();
        return session.Prepare("DELETE FROM curve WHERE experiment = ?1").Bind(1, experiment.Value).Run();
    }
}
