using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>Takes a trial's checkpoints and its fence out; the answer is how many checkpoints there were.</summary>
internal sealed class RemoveTrialWrite(TrialId trial, CancellationToken cancellationToken) : Write<int>(cancellationToken)
{
    protected override int Run(SqliteSession session)
    {
        session.Prepare("DELETE FROM fence WHERE experiment = ?1 AND trial = ?2").Bind(1, trial.Experiment.Value).Bind(2, trial.Number).Run();
        return session.Prepare("DELETE FROM checkpoint WHERE experiment = ?1 AND trial = ?2").Bind(1, trial.Experiment.Value).Bind(2, trial.Number).Run();
    }
}
