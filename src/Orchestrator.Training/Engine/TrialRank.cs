using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Health;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Engine;

/// <summary>One rank of a trial, over all generations of its process group: what it has learned stays in memory from one to the next.</summary>
/// <param name="setup">What to train, in which group.</param>
/// <param name="observer">Watches.</param>
/// <param name="registrar">Registers checkpoints.</param>
/// <param name="time">The clock.</param>
/// <param name="abort">Ends training at once.</param>
internal sealed class TrialRank(TrialSetup setup, ITrialObserver observer, ICheckpointRegistrar registrar, TimeProvider time, CancellationToken abort) : IDisposable
{
    private const int Root = 0;

    private readonly HealthMonitor _health = new(setup.Assignment.StopOn, setup.Options.Epochs);
    private readonly BestMetric _best = new(setup.Assignment.Metric);
    private CheckpointWriter? _writer;
    private string? _resumedFrom;
    private bool _hasStarted;

    private TrainingState State => setup.State;

    /// <summary>Trains to the end, from the state that the ranks of the group agree on.</summary>
    internal TrialResult Train()
    {
        if (setup.Group.Rank == Root)
        {
            _writer ??= new CheckpointWriter(setup.Assignment, observer, registrar, time, abort);
            if (State.Condition != StateCondition.Whole)
                Restore();
        }

        StateAgreement.Run(State, setup.Group, abort);
        State.Round();
        Tell();
        using var session = new TrialSession(setup, observer, _writer, _health, _best, time, abort);
        return session.Run();
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>Begins with a checkpoint. Without one, only a state that nothing was put into is a beginning.</summary>
    private void Restore()
    {
        var resumed = CheckpointResume.Restore(setup, observer);
        if (resumed is null && State.Condition == StateCondition.Torn)
            return;
        if (resumed is null && setup.Assignment.InitFrom is { } file)
            StateLoader.LoadFile(file, State);
        State.Condition = StateCondition.Whole;
        _resumedFrom = resumed?.Location;
    }

    private void Tell()
    {
        if (_hasStarted)
        {
            observer.OnRegrouped(new TrialRegrouped(setup.Group.Rank, setup.Group.WorldSize, State.Step, [.. State.History.Select(Report)]));
            return;
        }

        _hasStarted = true;
        observer.OnStarted(new TrialStarted(
            State.Epoch,
            State.Step,
            setup.Options.Epochs,
            setup.TotalSteps,
            setup.Data.Training.Count,
            setup.Data.Validation.Count,
            State.Networks.Sum(network => network.Parameters.Slots.Sum(slot => (long)slot.Count)),
            _resumedFrom));
    }

    private EpochReport Report(EpochMetrics epoch)
    {
        var stepsSince = State.BatchInEpoch + ((long)(State.Epoch - epoch.Epoch) * setup.Plan.BatchesPerEpoch);
        return new EpochReport(epoch.Epoch, State.Step - stepsSince, epoch.Metrics, TimeSpan.Zero, TimeSpan.Zero);
    }
}
