using Orchestrator.Domain.Experiments;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class StopResumeTests
{
    [Fact]
    public void Stop_Running_EndsAttemptsAndKeepsTrialsWaiting()
    {
        var machine = new Machine();
        machine.Place();
        machine.Place();

        var events = machine.Stop();

        Assert.Equal([typeof(AttemptEnded), typeof(AttemptEnded), typeof(ExperimentStopped)], events.Select(e => e.GetType()));
        Assert.Equal((ExperimentStatus.Stopped, "asked to"), (machine.Experiment.Status, machine.Experiment.Reason));
        Assert.Equal(machine.Now, machine.Experiment.EndedAt);
        Assert.All(machine.Experiment.Trials, t => Assert.Equal((TrialStatus.Waiting, 0), (t.Status, t.InterruptionsWithoutProgress)));
        Assert.Equal(0, machine.Experiment.Demand);
        Assert.False(machine.Experiment.IsTerminal);
    }

    [Fact]
    public void Stopped_EveryOtherCommand_GivesNothing()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WallTime(TimeSpan.FromHours(1)));
        machine.Place();
        machine.Stop();
        machine.Time.Advance(TimeSpan.FromHours(2));

        Assert.Empty(machine.Stop());
        Assert.Empty(machine.Place());
        Assert.Empty(machine.Settle());
        Assert.Empty(machine.End(1));
        Assert.Equal(ReportVerdict.Stale, machine.Report(1));
    }

    [Fact]
    public void Resume_Stopped_GoesOnWithTheNextAttempt()
    {
        var machine = new Machine();
        machine.Place();
        machine.Report(1, sequence: 5, epoch: 5);
        machine.Stop();

        Assert.Single(machine.Resume());

        Assert.Equal((ExperimentStatus.Running, null, null), (machine.Experiment.Status, machine.Experiment.Reason, machine.Experiment.EndedAt));
        var started = Assert.IsType<AttemptStarted>(Assert.Single(machine.Place()));
        Assert.Equal((1, 2), (started.Trial, started.Attempt));
        Assert.Equal(5, machine.Trial(1).Epoch);
        Assert.Empty(machine.Resume());
    }

    [Fact]
    public void Resume_Running_GivesNothing() => Assert.Empty(new Machine().Resume());

    [Fact]
    public void Terminal_EveryCommand_GivesNothing()
    {
        var machine = new Machine(points: 1);
        machine.Place();
        machine.End(1);
        machine.Settle();
        Assert.True(machine.Experiment.IsTerminal);

        Assert.Empty(machine.Stop());
        Assert.Empty(machine.Resume());
        Assert.Empty(machine.Place());
        Assert.Empty(machine.Settle());
        Assert.Empty(machine.End(1));
        Assert.Equal(ReportVerdict.Stale, machine.Report(1));
    }
}
