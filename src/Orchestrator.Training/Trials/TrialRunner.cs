using Orchestrator.Collectives;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Trials;

/// <inheritdoc/>
/// <param name="tasks">The tasks that assignments name.</param>
/// <param name="time">The clock of reports and manifests.</param>
/// <param name="cacheFolder">Where evaluations keep what is the same for every trial; null: in the user's folder for application data.</param>
public sealed class TrialRunner(TaskRegistry tasks, TimeProvider time, string? cacheFolder = null) : ITrialRunner
{
    private readonly string _cacheFolder = cacheFolder
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "orchestrator");

    /// <inheritdoc/>
    public TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort, IRegrouping? regrouping = null)
    {
        using var scope = NewDisposeScope();
        using var setup = TrialSetup.Create(assignment, group, tasks, _cacheFolder);
        using var rank = new TrialRank(setup, observer, registrar, time, abort);
        while (true)
        {
            try
            {
                return rank.Train();
            }
            catch (CollectiveException lost) when (regrouping is not null && lost.Code != CollectiveErrorCode.Mismatch)
            {
                setup.Join(regrouping.Next(lost, abort));
            }
        }
    }
}
