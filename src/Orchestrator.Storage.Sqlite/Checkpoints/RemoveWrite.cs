using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Checkpoints;

/// <summary>Takes a checkpoint out; the answer is whether it was there.</summary>
internal sealed class RemoveWrite(TrialId trial, string location, CancellationToken cancellationToken) : Write<bool>(cancellationToken)
{
    protected override bool Run(SqliteSession session) =>
        session.Prepare("DELETE FROM checkpoint WHERE experiment = ?1 AND trial = ?2 AND location = ?3")
            .Bind(1, trial.Experiment.Value).Bind(2, trial.Number).Bind(3, location).Run() > 0;
}
