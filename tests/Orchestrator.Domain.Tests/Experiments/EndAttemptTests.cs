using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class EndAttemptTests
{
    [Fact]
    public void EndAttempt_Completed_EndsTheTrial()
    {
        var machine = Running();
        machine.Report(1, loss: 0.3);

        machine.End(1);

        Assert.Equal(TrialStatus.Completed, machine.Trial(1).Status);
        Assert.Equal(new SearchObservation.Ended(1, 0.3, Metrics: machine.Trial(1).Metrics), machine.Search.Observations[^1]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(0, 1)]
    public void EndAttempt_NotTheRunningOne_GivesNothing(int trial, int attempt) => Assert.Empty(Running().End(trial, attempt: attempt));

    [Fact]
    public void EndAttempt_Twice_CountsOnce()
    {
        var machine = Running();
        machine.End(1, AttemptOutcome.Failed);

        Assert.Empty(machine.End(1, AttemptOutcome.Failed, attempt: 1));
        Assert.Equal(1, machine.Trial(1).Failures);
    }

    [Fact]
    public void EndAttempt_Failed_IsTriedAgainUpToTheBound()
    {
        var machine = Running(retries: new RetryPolicy(MaxFailures: 3));
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            machine.End(1, AttemptOutcome.Failed, reason: $"failure {attempt}");
            Assert.Equal((TrialStatus.Waiting, $"failure {attempt}"), (machine.Trial(1).Status, machine.Trial(1).Reason));
            machine.Place();
        }

        machine.End(1, AttemptOutcome.Failed, reason: "failure 3");

        Assert.Equal((TrialStatus.Failed, "failure 3", 3), (machine.Trial(1).Status, machine.Trial(1).Reason, machine.Trial(1).Attempt));
    }

    [Fact]
    public void EndAttempt_FailedForGood_IsNotTriedAgain()
    {
        var machine = Running();

        machine.End(1, AttemptOutcome.FailedForGood, reason: "no such column");

        Assert.Equal((TrialStatus.Failed, "no such column"), (machine.Trial(1).Status, machine.Trial(1).Reason));
    }

    [Fact]
    public void EndAttempt_Unhealthy_StopsTheTrial()
    {
        var machine = Running();

        machine.End(1, AttemptOutcome.Unhealthy, reason: "collapse: 1 of 8 modes");

        Assert.Equal((TrialStatus.Stopped, "collapse: 1 of 8 modes"), (machine.Trial(1).Status, machine.Trial(1).Reason));
    }

    [Theory]
    [InlineData(AttemptOutcome.Interrupted)]
    [InlineData(AttemptOutcome.Stopped)] // nobody told it to: it must not be placed for ever
    public void EndAttempt_InterruptedWithoutProgress_FailsAtTheBound(AttemptOutcome outcome)
    {
        var machine = Running(retries: new RetryPolicy(MaxInterruptionsWithoutProgress: 3));
        machine.Report(1);
        for (var i = 0; i < 2; i++)
        {
            machine.End(1, outcome);
            Assert.Equal(TrialStatus.Waiting, machine.Trial(1).Status);
            machine.Place();
        }

        machine.End(1, outcome, reason: "node gone");

        Assert.Equal(TrialStatus.Failed, machine.Trial(1).Status);
        Assert.Contains("3 times", machine.Trial(1).Reason);
        Assert.Contains("node gone", machine.Trial(1).Reason);
    }

    [Fact]
    public void EndAttempt_InterruptedWithProgressBetween_IsTriedWithoutBound()
    {
        var machine = Running(retries: new RetryPolicy(MaxInterruptionsWithoutProgress: 2));
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            machine.Report(1, attempt: epoch, sequence: 1, epoch: epoch);
            machine.End(1, AttemptOutcome.Interrupted);
            machine.Place();
        }

        Assert.Equal((TrialStatus.Running, 21, 0), (machine.Trial(1).Status, machine.Trial(1).Attempt, machine.Trial(1).Failures));
    }

    [Fact]
    public void EndAttempt_InterruptedAfterOldEpochsOnly_IsNoProgress()
    {
        var machine = Running(retries: new RetryPolicy(MaxInterruptionsWithoutProgress: 2));
        machine.Report(1, sequence: 1, epoch: 5);
        machine.End(1, AttemptOutcome.Interrupted);
        machine.Place();
        machine.Report(1, attempt: 2, sequence: 1, epoch: 4);

        machine.End(1, AttemptOutcome.Interrupted);

        Assert.Equal(TrialStatus.Failed, machine.Trial(1).Status);
    }

    [Fact]
    public void EndAttempt_Interruptions_DoNotCountAsFailures()
    {
        var machine = Running(retries: new RetryPolicy(MaxFailures: 2));
        machine.End(1, AttemptOutcome.Interrupted);
        machine.Place();
        machine.End(1, AttemptOutcome.Failed);

        Assert.Equal(TrialStatus.Waiting, machine.Trial(1).Status);
    }

    [Fact]
    public void EndAttempt_ItsTime_IsTheCoordinators()
    {
        var machine = Running();
        machine.Time.Advance(TimeSpan.FromMinutes(7));

        var ended = machine.End(1);

        Assert.All(ended, e => Assert.Equal(machine.Now, e.At));
    }

    private static Machine Running(RetryPolicy? retries = null)
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(1), retries: retries);
        machine.Place();
        return machine;
    }
}
