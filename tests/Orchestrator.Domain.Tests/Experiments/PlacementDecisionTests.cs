using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class PlacementDecisionTests
{
    private static readonly FailureRule[] Rules =
    [
        new("ecc error", FailureAction.ExcludeNode),
        new("out of memory", FailureAction.Fail),
        new("timed? out", FailureAction.Retry),
        new(null, FailureAction.Fail, 42),
        new("disk full", FailureAction.Fail, 7),
    ];

    [Fact]
    public void Preempt_RunningAttempt_WaitsWithoutCountingAsInterrupted()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(1));
        machine.Place();

        machine.Do(machine.Experiment.Preempt(1, 1, "others", machine.Now));

        Assert.Equal((TrialStatus.Waiting, 0, 0), (machine.Trial(1).Status, machine.Trial(1).InterruptionsWithoutProgress, machine.Trial(1).Failures));
        Assert.Equal(1, machine.Experiment.Demand);
    }

    [Fact]
    public void Preempt_AttemptIsOver_GivesNothing()
    {
        var machine = new Machine();
        machine.Place();

        Assert.Empty(machine.Experiment.Preempt(1, 2, "others", machine.Now));
        Assert.Empty(machine.Experiment.Preempt(2, 1, "others", machine.Now));
    }

    [Fact]
    public void Refuse_NothingHasRun_Fails()
    {
        var machine = new Machine();

        machine.Do(machine.Experiment.Refuse("too big", machine.Now));

        Assert.Equal((ExperimentStatus.Failed, "too big"), (machine.Experiment.Status, machine.Experiment.Reason));
    }

    [Fact]
    public void Refuse_ATrialHasRun_Waits()
    {
        var machine = new Machine();
        machine.Place();

        Assert.Empty(machine.Experiment.Refuse("too big", machine.Now));
    }

    [Theory]
    [InlineData("CUDA out of memory", TrialStatus.Failed, 0)]
    [InlineData("it timed out", TrialStatus.Waiting, 0)]
    [InlineData("Uncorrectable ECC Error", TrialStatus.Waiting, 1)]
    public void FailAttempt_ARuleFits_DoesWhatItSays(string reason, TrialStatus status, int excluded)
    {
        var machine = WithRules();

        machine.Do(machine.Experiment.FailAttempt(Failed(reason), "node-1", machine.Now));

        Assert.Equal((status, excluded), (machine.Trial(1).Status, machine.Experiment.ExcludedHosts.Count));
        Assert.Equal(status == TrialStatus.Failed ? 1 : 0, machine.Trial(1).Failures);
    }

    [Fact]
    public void FailAttempt_TheLogSaysIt_Fits()
    {
        var machine = WithRules();

        machine.Do(machine.Experiment.FailAttempt(Failed("it broke") with { LogTail = "epoch 1\nECC error at 7\n" }, "node-1", machine.Now));

        Assert.Equal(["node-1"], machine.Experiment.ExcludedHosts);
    }

    [Theory]
    [InlineData(42, "a bug", TrialStatus.Failed)]
    [InlineData(43, "a bug", TrialStatus.Waiting)]
    [InlineData(null, "a bug", TrialStatus.Waiting)]
    [InlineData(7, "disk full", TrialStatus.Failed)]
    [InlineData(7, "a bug", TrialStatus.Waiting)]
    public void FailAttempt_ExitCode_HasToFitWithTheMatch(int? exitCode, string reason, TrialStatus status)
    {
        var machine = WithRules();

        machine.Do(machine.Experiment.FailAttempt(Failed(reason) with { ExitCode = exitCode }, "node-1", machine.Now));

        Assert.Equal(status, machine.Trial(1).Status);
    }

    [Fact]
    public void FailAttempt_NoRuleFits_IsTriedOnceMore()
    {
        var machine = WithRules();

        machine.Do(machine.Experiment.FailAttempt(Failed("a bug"), "node-1", machine.Now));

        Assert.Equal((TrialStatus.Waiting, 1), (machine.Trial(1).Status, machine.Trial(1).Failures));
        Assert.Empty(machine.Experiment.ExcludedHosts);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a(?=b)")]
    public void IsPattern_NotRegularOrNotLinear_SaysWhatIsWrong(string pattern)
    {
        Assert.False(FailureRule.IsPattern(pattern, out var fault));
        Assert.NotEmpty(fault!);
    }

    private static Machine WithRules()
    {
        var machine = new Machine(new ExperimentSpecBuilder().OnFailure(Rules));
        machine.Place();
        return machine;
    }

    private static AttemptEnded Failed(string reason) => Events.AttemptEnded(1, outcome: AttemptOutcome.Failed, reason: reason);
}
