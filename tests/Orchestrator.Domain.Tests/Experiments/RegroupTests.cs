using Orchestrator.Domain.Experiments;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class RegroupTests
{
    [Fact]
    public void Regroup_EnoughAreLeft_FormTheNextGenerationInTheirOrder()
    {
        var machine = Started(ranks: 3, least: 2);

        var regrouped = Assert.IsType<AttemptRegrouped>(Assert.Single(machine.Regroup(1, "worker-0")));

        Assert.Equal((1, 2), (regrouped.Attempt, regrouped.Generation));
        Assert.Equal<string>(["worker-1", "worker-2"], regrouped.Workers);
        Assert.Equal<string>(["worker-0"], regrouped.Lost);
        Assert.Equal((TrialStatus.Running, 2, 2), (machine.Trial(1).Status, machine.Trial(1).Generation, machine.Trial(1).Workers.Count));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public void Regroup_TooFewAreLeftOrNotElastic_IsInterrupted(int? least)
    {
        var machine = Started(ranks: 3, least);

        var ended = Assert.IsType<AttemptEnded>(Assert.Single(machine.Regroup(1, "worker-0", "worker-1")));

        Assert.Equal((AttemptOutcome.Interrupted, "gone"), (ended.Outcome, ended.Reason));
        Assert.Equal(TrialStatus.Waiting, machine.Trial(1).Status);
    }

    [Fact]
    public void Regroup_OfAnAttemptThatDoesNotRun_GivesNoEvents()
    {
        var machine = Started(ranks: 3, least: 1);

        Assert.Empty(machine.Experiment.Regroup(1, attempt: 2, ["worker-0"], "gone", machine.Now));
        Assert.Empty(machine.Experiment.Regroup(2, attempt: 1, ["worker-0"], "gone", machine.Now));
    }

    [Fact]
    public void Regroup_NobodyIsLostAgainAndAgain_FailsTheTrialAfterItsBound()
    {
        var machine = Started(ranks: 2, least: 1, new RetryPolicy(MaxInterruptionsWithoutProgress: 3));

        Assert.IsType<AttemptRegrouped>(machine.Regroup(1)[^1]);
        Assert.IsType<AttemptRegrouped>(machine.Regroup(1)[^1]);
        machine.Regroup(1);

        Assert.Equal(TrialStatus.Failed, machine.Trial(1).Status);
    }

    [Fact]
    public void Regroup_NobodyIsLostButItGetsFurther_GoesOn()
    {
        var machine = Started(ranks: 2, least: 1, new RetryPolicy(MaxInterruptionsWithoutProgress: 2));

        for (var round = 1; round <= 5; round++)
        {
            Assert.IsType<AttemptRegrouped>(machine.Regroup(1)[^1]);
            Assert.Equal(ReportVerdict.Accepted, machine.Report(1, sequence: round, epoch: round));
        }
    }

    [Fact]
    public void Report_OfAnotherFirstRank_CountsFromOneAgain()
    {
        var machine = Started(ranks: 3, least: 1);
        machine.Report(1, sequence: 7, epoch: 1);

        machine.Regroup(1, "worker-2");
        Assert.Equal(ReportVerdict.Duplicate, machine.Report(1, sequence: 7, epoch: 1));
        machine.Regroup(1, "worker-0");

        Assert.Equal(ReportVerdict.Accepted, machine.Report(1, sequence: 1, epoch: 2));
    }

    [Fact]
    public void DeviceTime_CountsALostSlotUntilItIsLost()
    {
        var machine = Started(ranks: 3, least: 1);
        machine.Time.Advance(TimeSpan.FromHours(1));
        machine.Regroup(1, "worker-1");
        machine.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(3 + 2), machine.Experiment.DeviceTime(machine.Now));
        machine.End(1);
        Assert.Equal(TimeSpan.FromHours(3 + 2), machine.Experiment.DeviceTime(machine.Now));
    }

    [Fact]
    public void Replay_AfterRegrouping_GivesWhatWasLive()
    {
        var machine = Started(ranks: 3, least: 1);
        machine.Report(1, sequence: 2, epoch: 1);
        machine.Regroup(1, "worker-0");
        machine.Report(1, sequence: 1, epoch: 2);
        machine.Regroup(1);

        Assert.Equal(Snapshot.Of(machine.Experiment, machine.Now), Snapshot.Of(machine.Replay().Experiment, machine.Now));
    }

    [Fact]
    public void Apply_OfAWorkerThatHadNoRank_IsDamage()
    {
        var machine = Started(ranks: 2, least: 1);

        Assert.Throws<InvalidOperationException>(() => machine.Experiment.Apply(new AttemptRegrouped(machine.Now, 1, 1, 2, ["stranger"], [])));
        Assert.Throws<InvalidOperationException>(() => machine.Experiment.Apply(new AttemptRegrouped(machine.Now, 1, 1, 3, ["worker-0"], [])));
    }

    private static Machine Started(int ranks, int? least, RetryPolicy? retries = null)
    {
        var spec = new ExperimentSpecBuilder().Trials(1).WorldSize(ranks);
        var machine = new Machine(least is { } min ? spec.MinWorldSize(min) : spec, retries: retries);
        machine.Place();
        return machine;
    }
}
