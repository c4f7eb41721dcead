using Orchestrator.Domain.Experiments;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class SettleTests
{
    [Fact]
    public void Settle_WorkLeft_GivesNothing()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(2));
        Assert.Empty(machine.Settle());
        machine.Place();
        Assert.Empty(machine.Settle());
        machine.End(1);
        Assert.Empty(machine.Settle()); // trial 2 may be proposed
        machine.Place();
        machine.End(2, AttemptOutcome.Interrupted);
        Assert.Empty(machine.Settle()); // trial 2 waits
    }

    [Fact]
    public void Settle_AllTrialsEnded_Completes()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(2));
        RunTrial(machine, 1, AttemptOutcome.Completed);
        RunTrial(machine, 2, AttemptOutcome.FailedForGood);

        machine.Settle();

        Assert.Equal(ExperimentStatus.Completed, machine.Experiment.Status);
        Assert.Equal(machine.Now, machine.Experiment.EndedAt);
    }

    [Fact]
    public void Settle_EmptySpace_Fails()
    {
        var machine = new Machine(points: 0);

        machine.Settle();

        Assert.Equal((ExperimentStatus.Failed, "The space is empty."), (machine.Experiment.Status, machine.Experiment.Reason));
    }

    [Fact]
    public void Settle_EveryTrialFailed_FailsWithTheLastReason()
    {
        var machine = new Machine(points: 2);
        RunTrial(machine, 1, AttemptOutcome.FailedForGood, "first");
        RunTrial(machine, 2, AttemptOutcome.FailedForGood, "second");

        machine.Settle();

        Assert.Equal(ExperimentStatus.Failed, machine.Experiment.Status);
        Assert.Contains("second", machine.Experiment.Reason);
    }

    [Fact]
    public void Settle_FirstTrialsFailBeforeAnyReport_FailsFastAndCancelsTheOthers()
    {
        var machine = new Machine(retries: new RetryPolicy(MaxFailedTrials: 2));
        machine.Place();
        machine.Place();
        machine.Place();
        machine.End(1, AttemptOutcome.FailedForGood, reason: "no data");
        Assert.Empty(machine.Settle());
        machine.End(2, AttemptOutcome.FailedForGood, reason: "still no data");

        machine.Settle();

        Assert.Equal(ExperimentStatus.Failed, machine.Experiment.Status);
        Assert.Contains("still no data", machine.Experiment.Reason);
        Assert.Equal(TrialStatus.Cancelled, machine.Trial(3).Status);
        Assert.Empty(machine.Experiment.RunningTrials);
    }

    [Fact]
    public void Settle_FailuresAfterAReport_DoNotFailTheExperiment()
    {
        var machine = new Machine(retries: new RetryPolicy(MaxFailedTrials: 2));
        machine.Place();
        machine.Report(1);
        for (var trial = 2; trial <= 10; trial++) RunTrial(machine, trial, AttemptOutcome.FailedForGood);

        Assert.Empty(machine.Settle());
    }

    [Fact]
    public void Settle_WallTimeSpent_CompletesAndCancels()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WallTime(TimeSpan.FromHours(1)));
        machine.Place();
        machine.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Empty(machine.Settle());
        machine.Time.Advance(TimeSpan.FromTicks(1));

        machine.Settle();

        Assert.Equal(ExperimentStatus.Completed, machine.Experiment.Status);
        Assert.Contains("wall_time", machine.Experiment.Reason);
        Assert.Equal(TrialStatus.Cancelled, machine.Trial(1).Status);
    }

    [Fact]
    public void Settle_TimeWhileStopped_IsNotSpent()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WallTime(TimeSpan.FromHours(1)));
        machine.Time.Advance(TimeSpan.FromMinutes(30));
        machine.Stop();
        machine.Time.Advance(TimeSpan.FromHours(10));
        machine.Resume();
        machine.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(machine.Settle());

        machine.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotEmpty(machine.Settle());
        Assert.Equal(TimeSpan.FromHours(1), machine.Experiment.ActiveTime(machine.Now + TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Settle_DeviceHoursSpent_CountsSlotsOfAllAttempts()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WorldSize(2).DeviceHours(3));
        machine.Place();
        machine.Time.Advance(TimeSpan.FromMinutes(30)); // 1 hour of devices
        machine.End(1, AttemptOutcome.Interrupted);
        machine.Time.Advance(TimeSpan.FromHours(5)); // none
        machine.Place();
        machine.Place();
        machine.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(machine.Settle());
        machine.Time.Advance(TimeSpan.FromMinutes(1)); // 2 trials, 2 devices each, half an hour

        machine.Settle();

        Assert.Equal(TimeSpan.FromHours(3), machine.Experiment.DeviceTime(machine.Now));
        Assert.Contains("device_hours", machine.Experiment.Reason);
    }

    [Fact]
    public void Settle_EpochsSpent_EndsTheSweep()
    {
        var machine = new Machine(new ExperimentSpecBuilder().BudgetEpochs(5));
        machine.Place();
        machine.Place();
        machine.Report(1, epoch: 3);
        machine.Report(2, epoch: 1);
        Assert.Empty(machine.Settle());
        machine.Report(2, sequence: 2, epoch: 2);

        machine.Settle();

        Assert.Equal((ExperimentStatus.Completed, "The budget (epochs 5) was spent."), (machine.Experiment.Status, machine.Experiment.Reason));
        Assert.Equal(TrialStatus.Cancelled, machine.Trial(1).Status);
    }

    [Fact]
    public void Settle_EpochsTrainedAgain_CountOnce()
    {
        var machine = new Machine(new ExperimentSpecBuilder().BudgetEpochs(4));
        machine.Place();
        machine.Report(1, epoch: 3);
        machine.End(1, AttemptOutcome.Interrupted);
        machine.Place();
        machine.Report(1, attempt: 2, sequence: 1, epoch: 2);
        machine.Report(1, attempt: 2, sequence: 2, epoch: 3);
        Assert.Empty(machine.Settle());

        machine.Report(1, attempt: 2, sequence: 3, epoch: 4);

        Assert.Contains("epochs 4", Assert.IsType<ExperimentEnded>(machine.Settle()[^1]).Reason);
    }

    [Fact]
    public void Settle_EpochsOfTheTrialThatWasForked_AreNotSpentAgain()
    {
        var machine = new Machine(new ExperimentSpecBuilder().BudgetEpochs(6));
        machine.Place();
        machine.Report(1, epoch: 4);
        machine.ForkTrial(1, epoch: 4);
        machine.Place();
        machine.Report(2, epoch: 5);

        Assert.Empty(machine.Settle());
    }

    [Fact]
    public void ActiveTime_ClockSetBack_IsNotNegative()
    {
        var machine = new Machine();

        Assert.Equal(TimeSpan.Zero, machine.Experiment.ActiveTime(machine.Now - TimeSpan.FromHours(1)));
    }

    private static void RunTrial(Machine machine, int trial, AttemptOutcome outcome, string? reason = null)
    {
        machine.Place();
        machine.End(trial, outcome, reason: reason);
    }
}
