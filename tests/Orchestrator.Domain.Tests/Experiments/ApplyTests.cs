using Orchestrator.Domain.Experiments;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>A journal that makes no sense is refused, event by event, before anything has changed.</summary>
public sealed class ApplyTests
{
    public static TheoryData<string, ExperimentEvent> ImpossibleWhileTrialOneRuns() => new()
    {
        { "submitted twice", Events.Submitted() },
        { "a number is left out", Events.Proposed(3) },
        { "a number comes twice", Events.Proposed(1) },
        { "already running", Events.Started(1, 2) },
        { "an unknown trial starts", Events.Started(2) },
        { "another attempt reports", Events.Reported(1, attempt: 2) },
        { "an unknown trial reports", Events.Reported(2) },
        { "a sequence number comes twice", Events.Reported(1, sequence: 1) },
        { "another attempt ends", Events.AttemptEnded(1, attempt: 2) },
        { "an unknown trial ends", Events.TrialEnded(2) },
        { "a trial ends as running", Events.TrialEnded(1, TrialStatus.Running) },
        { "a trial ends as waiting", Events.TrialEnded(1, TrialStatus.Waiting) },
        { "a trial ends as paused", Events.TrialEnded(1, TrialStatus.Paused) },
        { "a running trial is paused", new TrialPaused(Events.At, 1, Initiator.Person, "") },
        { "a running trial is resumed", new TrialResumed(Events.At, 1, Initiator.Person) },
        { "a running trial is extended", new TrialExtended(Events.At, 1, 99) },
        { "an unknown trial is forked", new TrialForked(Events.At, 2, 9, 1, Domain.Parameters.ParameterSet.Empty, 1, Initiator.Person) },
        { "stopped with a running trial", new ExperimentStopped(Events.At, "") },
        { "resumed while running", new ExperimentResumed(Events.At) },
        { "ended with a running trial", new ExperimentEnded(Events.At, ExperimentStatus.Completed, "") },
    };

    public static TheoryData<string, ExperimentEvent> ImpossibleAfterTheEnd() => new()
    {
        { "proposed", Events.Proposed(2) },
        { "started", Events.Started(1, 2) },
        { "reported", Events.Reported(1, sequence: 9) },
        { "attempt ended", Events.AttemptEnded(1) },
        { "trial ended", Events.TrialEnded(1) },
        { "stopped", new ExperimentStopped(Events.At, "") },
        { "trial paused", new TrialPaused(Events.At, 1, Initiator.Person, "") },
        { "trial resumed", new TrialResumed(Events.At, 1, Initiator.Person) },
        { "trial extended", new TrialExtended(Events.At, 1, 99) },
        { "trial forked", new TrialForked(Events.At, 2, 1, 1, Domain.Parameters.ParameterSet.Empty, 1, Initiator.Person) },
        { "ended", new ExperimentEnded(Events.At, ExperimentStatus.Completed, "") },
    };

    [Theory]
    [MemberData(nameof(ImpossibleWhileTrialOneRuns))]
    public void Apply_ImpossibleWhileRunning_SaysWhichEvent(string why, ExperimentEvent value) => AssertRefused(why, Running(), value);

    [Theory]
    [MemberData(nameof(ImpossibleAfterTheEnd))]
    public void Apply_AnythingAfterTheEnd_SaysWhichEvent(string why, ExperimentEvent value)
    {
        var machine = Running();
        machine.End(1);
        machine.Settle();

        AssertRefused(why, machine, value);
    }

    [Theory]
    [InlineData(ExperimentStatus.Running)]
    [InlineData(ExperimentStatus.Stopped)]
    public void Apply_EndedInAStateThatIsNoEnd_IsRefused(ExperimentStatus status)
    {
        var machine = Running();
        machine.Do([Events.TrialEnded(1)]);

        AssertRefused("no end", machine, new ExperimentEnded(Events.At, status, ""));
    }

    private static Machine Running()
    {
        var machine = new Machine(new ExperimentSpecBuilder(), points: 1);
        machine.Place();
        machine.Report(1, sequence: 1);
        return machine;
    }

    private static void AssertRefused(string why, Machine machine, ExperimentEvent value)
    {
        var before = Snapshot.Of(machine.Experiment, machine.Now);

        var error = Assert.Throws<InvalidOperationException>(() => machine.Experiment.Apply(value));

        Assert.True(error.Message.Contains($"event {machine.Experiment.Version + 1} ({value.GetType().Name})", StringComparison.Ordinal), why);
        Assert.Equal(before, Snapshot.Of(machine.Experiment, machine.Now));
    }
}
