using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>Trials that the scheduler pauses, resumes, stops and forks.</summary>
public sealed class SchedulerPauseTests
{
    [Fact]
    public void Report_Paused_FreesTheSlotsAndTellsTheSearch()
    {
        var machine = new Machine(points: 1, pauses: r => r.Resource == 2);
        machine.Place();

        machine.Report(1, epoch: 2, loss: 0.25);

        Assert.Equal((TrialStatus.Paused, Initiator.Scheduler), (machine.Trial(1).Status, machine.Trial(1).PausedBy!.Value));
        Assert.Equal(new SearchObservation.Paused(1, 0.25, 2), machine.Search.Observations[^1]);
    }

    [Fact]
    public void Report_LastEpoch_IsNotTheSchedulersToDecide()
    {
        var machine = new Machine(points: 1, pauses: _ => true);
        machine.Place();
        machine.PauseTrial(1);
        machine.ExtendTrial(1, 5);
        machine.ResumeTrial(1);
        machine.Place();

        machine.Report(1, attempt: 2, epoch: 5);

        Assert.Equal(TrialStatus.Running, machine.Trial(1).Status);
    }

    [Fact]
    public void Settle_Released_ResumesStopsAndForks()
    {
        SchedulerAction[] actions =
        [
            new SchedulerAction.Resume(1, "promoted"),
            new SchedulerAction.Stop(2, "replaced"),
            new SchedulerAction.Fork(1, new ParameterSet([new("x", ParameterValue.Of(9L))]), "explored"),
        ];
        var machine = new Machine(points: 2, pauses: _ => true, releases: (paused, _) => paused.Count == 2 ? actions : []);
        machine.Place();
        machine.Place();
        machine.Report(1, epoch: 4);
        Assert.Empty(machine.Settle());
        machine.Report(2, epoch: 4);

        var events = machine.Settle();

        Assert.Equal([typeof(TrialResumed), typeof(TrialEnded), typeof(TrialForked)], events.Select(e => e.GetType()));
        Assert.Equal([TrialStatus.Waiting, TrialStatus.Stopped, TrialStatus.Waiting], machine.Experiment.Trials.Select(t => t.Status));
        Assert.Equal((1, 4), (machine.Trial(3).Parent, machine.Trial(3).Epoch));
        Assert.Contains(new SearchObservation.Proposed(3, machine.Trial(3).Parameters, 1), machine.Scheduler.Changes);
    }

    [Fact]
    public void Settle_NothingElseLeft_AsksTheSchedulerThenStopsWhatItLeaves()
    {
        var machine = new Machine(points: 2, pauses: _ => true, releases: (paused, idle) => idle && paused.Contains(1) && paused.Count == 2 ? [new SchedulerAction.Resume(1, "best")] : []);
        machine.Place();
        machine.Place();
        machine.Report(1);
        machine.Report(2);

        machine.Settle();
        machine.Place();
        machine.End(1);
        Assert.Single(machine.Settle());
        machine.Settle();

        Assert.Equal([TrialStatus.Completed, TrialStatus.Stopped], machine.Experiment.Trials.Select(t => t.Status));
        Assert.Equal(ExperimentStatus.Completed, machine.Experiment.Status);
    }

    [Fact]
    public void Settle_BudgetIsSpent_CancelsWhatIsPaused()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(1).WallTime(TimeSpan.FromHours(1)), pauses: _ => true);
        machine.Place();
        machine.Report(1);
        machine.Time.Advance(TimeSpan.FromHours(2));

        machine.Settle();

        Assert.Equal((TrialStatus.Cancelled, ExperimentStatus.Completed), (machine.Trial(1).Status, machine.Experiment.Status));
    }
}
