using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class ReportTests
{
    [Fact]
    public void Report_New_IsAcceptedAndSeenBySearchAndScheduler()
    {
        var machine = Running();

        Assert.Equal(ReportVerdict.Accepted, machine.Report(1, sequence: 1, epoch: 2, loss: 0.25));

        var trial = machine.Trial(1);
        Assert.Equal((2, 100, 0.25, 2), (trial.Epoch, trial.Step, trial.BestMetric, trial.BestEpoch));
        Assert.Same(trial, machine.Experiment.Best);
        Assert.Equal([new SchedulerReport(1, 2, 0.25)], machine.Scheduler.Observations);
        Assert.Equal(new SearchObservation.Reported(1, 2, 0.25), machine.Search.Observations[^1]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void Report_SequenceSeenBefore_IsDuplicateAndChangesNothing(long sequence)
    {
        var machine = Running();
        machine.Report(1, sequence: 3);
        var before = Snapshot.Of(machine.Experiment, machine.Now);

        Assert.Equal(ReportVerdict.Duplicate, machine.Report(1, sequence: sequence, epoch: 9, loss: 0));

        Assert.Equal(before, Snapshot.Of(machine.Experiment, machine.Now));
    }

    [Theory]
    [InlineData(2, 1)] // never proposed
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 2)] // not yet started
    [InlineData(1, 0)]
    public void Report_NotFromTheRunningAttempt_IsStale(int trial, int attempt) => Assert.Equal(ReportVerdict.Stale, Running().Report(trial, attempt));

    [Fact]
    public void Report_FromAnAttemptThatWasReplaced_IsStale()
    {
        var machine = Running();
        machine.End(1, AttemptOutcome.Interrupted);
        Assert.Equal(ReportVerdict.Stale, machine.Report(1, attempt: 1));
        machine.Place();

        Assert.Equal(ReportVerdict.Stale, machine.Report(1, attempt: 1, sequence: 99));
        Assert.Equal(ReportVerdict.Accepted, machine.Report(1, attempt: 2, sequence: 1));
    }

    [Fact]
    public void Report_AfterTheTrialEnded_IsStale()
    {
        var machine = Running();
        machine.End(1);

        Assert.Equal(ReportVerdict.Stale, machine.Report(1));
    }

    [Fact]
    public void Report_EpochTrainedAgainAfterResume_IsAcceptedButObservedOnce()
    {
        var machine = Running(stops: r => r.Resource == 1 && r.Metric > 0.9);
        machine.Report(1, sequence: 1, epoch: 1, loss: 0.5);
        machine.Report(1, sequence: 2, epoch: 2, loss: 0.4);
        machine.End(1, AttemptOutcome.Interrupted);
        machine.Place();

        Assert.Equal(ReportVerdict.Accepted, machine.Report(1, attempt: 2, sequence: 1, epoch: 1, loss: 0.95));

        Assert.Equal(2, machine.Scheduler.Observations.Count);
        Assert.Equal((2, 0.4, TrialStatus.Running), (machine.Trial(1).Epoch, machine.Trial(1).BestMetric, machine.Trial(1).Status));
    }

    [Fact]
    public void Report_SchedulerSaysStop_EndsTheTrial()
    {
        var machine = Running(stops: r => r.Metric > 0.9);

        machine.Report(1, loss: 0.95);

        Assert.Equal((TrialStatus.Stopped, "The script says so."), (machine.Trial(1).Status, machine.Trial(1).Reason));
        Assert.Equal(machine.Now, machine.Trial(1).EndedAt);
        Assert.Empty(machine.Experiment.RunningTrials);
        Assert.Equal(new SearchObservation.Ended(1, 0.95, StoppedAt: machine.Trial(1).Epoch, Metrics: machine.Trial(1).Metrics), machine.Search.Observations[^1]);
    }

    [Fact]
    public void Report_OtherMetricsOnly_IsNotANumberToTheScheduler()
    {
        var machine = Running(new ExperimentSpecBuilder().Minimize("elbo"));

        machine.Report(1);

        Assert.True(double.IsNaN(Assert.Single(machine.Scheduler.Observations).Metric));
        Assert.Null(machine.Trial(1).BestMetric);
        Assert.Null(machine.Experiment.Best);
    }

    [Fact]
    public void Report_NotANumber_IsNeverBest()
    {
        var machine = Running();

        machine.Report(1, sequence: 1, loss: double.NaN);
        machine.Report(1, sequence: 2, loss: 3);
        machine.Report(1, sequence: 3, loss: double.NaN);

        Assert.Equal((3, 2), (machine.Trial(1).BestMetric, machine.Trial(1).BestEpoch));
    }

    [Theory]
    [InlineData(false, 2, 0.1, 1)]
    [InlineData(true, 1, 0.9, 2)]
    public void Best_TwoTrials_IsTheBetterByTheGoal(bool maximize, int trial, double metric, int epoch)
    {
        var machine = Running(maximize ? new ExperimentSpecBuilder().Maximize("loss") : new ExperimentSpecBuilder());
        machine.Place();
        machine.Report(1, sequence: 1, loss: 0.5);
        machine.Report(2, sequence: 1, loss: 0.1);
        machine.Report(1, sequence: 2, loss: 0.9);

        var best = machine.Experiment.Best!;
        Assert.Equal((trial, metric, epoch), (best.Id.Number, best.BestMetric, best.BestEpoch));
    }

    [Fact]
    public void Best_Ties_KeepTheFirst()
    {
        var machine = Running();
        machine.Place();
        machine.Report(2);
        machine.Report(1);

        Assert.Equal(2, machine.Experiment.Best!.Id.Number);
    }

    private static Machine Running(ExperimentSpecBuilder? spec = null, Func<SchedulerReport, bool>? stops = null)
    {
        var machine = new Machine(spec, stops: stops);
        machine.Place();
        return machine;
    }
}
