using Orchestrator.Collectives;
using Orchestrator.Training.Checkpointing;
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
    private const int Root = 0;

    private readonly string _cacheFolder = cacheFolder
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "orchestrator");

    /// <inheritdoc/>
    public TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort)
    {
        using var scope = NewDisposeScope();
        using var setup = TrialSetup.Create(assignment, group, tasks, _cacheFolder);
        using var writer = group.Rank == Root ? new CheckpointWriter(assignment, observer, registrar, time, abort) : null;
        var resumed = group.Rank == Root ? CheckpointResume.Restore(setup, observer) : null;
        if (group.Rank == Root && resumed is null && assignment.InitFrom is { } file)
            StateLoader.LoadFile(file, setup.State);
        StateBroadcast.Run(setup.State, group, abort);
        setup.State.Round();
        observer.OnStarted(new TrialStarted(
            setup.State.Epoch,
            setup.State.Step,
            setup.Options.Epochs,
            setup.TotalSteps,
            setup.Data.Training.Count,
            setup.Data.Validation.Count,
            setup.State.Networks.Sum(network => network.Parameters.Slots.Sum(slot => (long)slot.Count)),
            resumed?.Location));
        using var session = new TrialSession(setup, observer, writer, time, abort);
        return session.Run();
    }
}
