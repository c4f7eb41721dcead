using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>What people do with single trials.</summary>
public sealed class TrialCommandTests
{
    [Fact]
    public void PauseTrial_Running_EndsTheAttemptAndFreesTheSlots()
    {
        var machine = Running(points: 1);

        var events = machine.PauseTrial(1);

        Assert.Equal([typeof(AttemptEnded), typeof(TrialPaused)], events.Select(e => e.GetType()));
        Assert.Equal(AttemptOutcome.Stopped, ((AttemptEnded)events[0]).Outcome);
        Assert.Equal((TrialStatus.Paused, Initiator.Person, 0), (machine.Trial(1).Status, machine.Trial(1).PausedBy!.Value, machine.Experiment.Demand));
        Assert.False(machine.Trial(1).IsTerminal);
        Assert.Empty(machine.PauseTrial(1));
        Assert.Empty(machine.Settle()); // it holds the experiment open
    }

    [Fact]
    public void ResumeTrial_Paused_GoesOnWithTheNextAttempt()
    {
        var machine = Running(points: 1);
        machine.Report(1, epoch: 3);
        machine.PauseTrial(1);

        Assert.IsType<TrialResumed>(Assert.Single(machine.ResumeTrial(1)));

        var started = Assert.IsType<AttemptStarted>(Assert.Single(machine.Place()));
        Assert.Equal((1, 2, 3), (started.Trial, started.Attempt, machine.Trial(1).Epoch));
        Assert.Empty(machine.ResumeTrial(1));
    }

    [Fact]
    public void PauseTrial_OfTheScheduler_IsThePersonsFromThenOn()
    {
        var machine = new Machine(points: 1, pauses: _ => true, releases: (paused, _) => [.. paused.Select(p => new SchedulerAction.Resume(p, "go"))]);
        machine.Place();
        machine.Report(1);
        machine.PauseTrial(1);

        Assert.Empty(machine.Settle());

        machine.ResumeTrial(1);
        Assert.Equal(TrialStatus.Waiting, machine.Trial(1).Status);
    }

    [Fact]
    public void ResumeTrial_StoppedEarlyInAnEndedExperiment_WakesIt()
    {
        var machine = new Machine(points: 1, stops: _ => true);
        machine.Place();
        machine.Report(1, epoch: 2);
        machine.Settle();

        var events = machine.ResumeTrial(1);

        Assert.Equal([typeof(ExperimentResumed), typeof(TrialResumed)], events.Select(e => e.GetType()));
        Assert.Equal((ExperimentStatus.Running, null, TrialStatus.Waiting, 2), (machine.Experiment.Status, machine.Experiment.Reason, machine.Trial(1).Status, machine.Trial(1).Epoch));
    }

    [Fact]
    public void ExtendTrial_CompletedInAnEndedExperiment_TrainsFurther()
    {
        var machine = Running(points: 1);
        machine.Report(1, epoch: 10);
        machine.End(1);
        machine.Settle();
        Assert.True(machine.Experiment.IsTerminal);

        machine.ExtendTrial(1, 20);

        Assert.Equal((TrialStatus.Waiting, 20), (machine.Trial(1).Status, machine.Trial(1).Epochs));
        machine.Place();
        machine.Report(1, attempt: 2, epoch: 20, loss: 0.1);
        machine.End(1);
        machine.Settle();
        Assert.Equal((ExperimentStatus.Completed, 20, 0.1), (machine.Experiment.Status, machine.Trial(1).Epoch, machine.Trial(1).BestMetric));
        Assert.Equal(20L, Assert.IsType<ParameterValue.Integer>(Experiment.EffectiveParameters(machine.Trial(1))["epochs"]).Value);
    }

    [Fact]
    public void ExtendTrial_Running_GoesOnWithTheNextAttempt()
    {
        var machine = Running(points: 1);

        Assert.Equal([typeof(AttemptEnded), typeof(TrialExtended)], machine.ExtendTrial(1, 20).Select(e => e.GetType()));

        Assert.Equal(2, Assert.IsType<AttemptStarted>(Assert.Single(machine.Place())).Attempt);
    }

    [Fact]
    public void ExtendTrial_Paused_StaysPaused()
    {
        var machine = Running(points: 1);
        machine.PauseTrial(1);
        machine.ExtendTrial(1, 20);

        Assert.Equal((TrialStatus.Paused, 20), (machine.Trial(1).Status, machine.Trial(1).Epochs));
    }

    [Fact]
    public void ForkTrial_WithChanges_BeginsANewTrialThere()
    {
        var machine = Running(points: 1);
        machine.Report(1, epoch: 5);

        var forked = Assert.IsType<TrialForked>(Assert.Single(machine.ForkTrial(1, 3, new ParameterSet([new("x", ParameterValue.Of(7L))]))));

        Assert.Equal((2, 1, 3), (forked.Trial, forked.Parent, forked.ParentEpoch));
        var fork = machine.Trial(2);
        Assert.Equal((TrialStatus.Waiting, 3, 1, "x=7"), (fork.Status, fork.Epoch, fork.Parent, fork.Parameters.ToString()));
        Assert.NotEqual(machine.Trial(1).Seed, fork.Seed);
        Assert.Equal([2], machine.Experiment.ForksOf(1));
        Assert.Equal(2, Assert.IsType<AttemptStarted>(Assert.Single(machine.Place())).Trial);
    }

    [Fact]
    public void ForkTrial_TheSearch_LearnsNothingOfIt()
    {
        var machine = Running(new ExperimentSpecBuilder().Trials(2));
        machine.Report(1, epoch: 5);
        machine.ForkTrial(1);
        var told = machine.Search.Observations.Count;

        machine.Place();
        machine.Report(2, epoch: 6);
        machine.End(2);

        Assert.Equal(told, machine.Search.Observations.Count);
        Assert.Equal((3, "x=2"), (Assert.IsType<TrialProposed>(machine.Place()[0]).Trial, machine.Trial(3).Parameters.ToString())); // forks take no proposal
        Assert.Equal(0, machine.Experiment.Demand);
    }

    [Fact]
    public void StopTrial_Paused_Ends()
    {
        var machine = Running(points: 1);
        machine.PauseTrial(1);
        machine.StopTrial(1);
        machine.Settle();

        Assert.Equal((TrialStatus.Stopped, ExperimentStatus.Completed), (machine.Trial(1).Status, machine.Experiment.Status));
        Assert.Empty(machine.StopTrial(1));
    }

    [Fact]
    public void Commands_ThatCanNotBeDone_SayWhyAndChangeNothing()
    {
        var machine = Running(points: 1);
        machine.Report(1, epoch: 10);
        machine.End(1);
        var before = Snapshot.Of(machine.Experiment, machine.Now);

        Refused("There is no trial 2; there are trials 1 to 1.", () => machine.PauseTrial(2));
        Refused("is completed", () => machine.PauseTrial(1));
        Refused("trained to its end, epoch 10", () => machine.ResumeTrial(1));
        Refused("has 10 epochs already", () => machine.ExtendTrial(1, 10));
        Refused("it has trained 10 epochs", () => machine.ForkTrial(1, 11));
        Refused("no parameter 'y'; it has: x", () => machine.ForkTrial(1, 3, new ParameterSet([new("y", ParameterValue.Of(1L))])));
        Refused("not 'fast'", () => machine.ForkTrial(1, 3, new ParameterSet([new("x", ParameterValue.Of("fast"))])));
        Refused("would end at epoch 4", () => machine.ForkTrial(1, 4, new ParameterSet([new("epochs", ParameterValue.Of(4L))])));

        Assert.Equal(before, Snapshot.Of(machine.Experiment, machine.Now));
    }

    [Fact]
    public void ExtendTrial_BudgetIsSpent_SaysSo()
    {
        var machine = Running(new ExperimentSpecBuilder().Trials(1).WallTime(TimeSpan.FromHours(1)));
        machine.Time.Advance(TimeSpan.FromHours(2));
        machine.Settle();

        Refused("wall_time", () => machine.ExtendTrial(1, 99));
    }

    private static Machine Running(ExperimentSpecBuilder spec) => Begun(new Machine(spec));

    private static Machine Running(int points) => Begun(new Machine(points: points));

    private static Machine Begun(Machine machine)
    {
        machine.Place();
        return machine;
    }

    private static void Refused(string message, Func<object> command) => Assert.Contains(message, Assert.Throws<TrialCommandException>(command).Message, StringComparison.Ordinal);
}
