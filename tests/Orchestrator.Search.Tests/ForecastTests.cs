using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Fidelity;
using Orchestrator.Search.Models;
using Orchestrator.Search.Schedulers;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Tests;

/// <summary>What curves foretell, and the scheduler that goes by it.</summary>
public sealed class ForecastTests
{
    private const int Whole = 32;

    [Fact]
    public void End_CurvesThatFallAlike_IsForetoldExactly()
    {
        var forecast = new CurveForecast([.. Enumerable.Range(0, 40).Select(i => Known(i / 4.0, i, i / 2.0))]);

        var (mean, variance) = forecast.End(Curve(14), []);

        Assert.InRange(mean, 3, 4.2); // 3.5, drawn a little to the middle
        Assert.InRange(Math.Sqrt(variance), 0, 1);
    }

    [Fact]
    public void End_FirstEpochThatTellsNothing_IsForetoldWithAllDoubt()
    {
        // What is measured first is as good as random: the end goes round 0 to 9 whatever it was.
        var forecast = new CurveForecast([.. Enumerable.Range(0, 60).Select(i => Known(i % 10, 100 + i * 37 % 60, i % 10))]);

        var (low, doubt) = forecast.End(Curve(100), []);
        var (high, _) = forecast.End(Curve(159), []);

        Assert.InRange(high - low, 0, 3);
        Assert.InRange(Math.Sqrt(doubt), 2, 5);
        Assert.Equal(2, forecast.End(Curve(100, 2), []).Mean, 0.7);
    }

    [Fact]
    public void End_FewTrainedToTheirEnd_GoesByStepsThatManyTook()
    {
        List<KnownCurve> curves = [.. Enumerable.Range(0, 20).Select(i => Known(null, i, i - 10))];
        curves.Add(Known(-10, 0, -10));

        var (mean, _) = new CurveForecast(curves).End(Curve(5), []);

        Assert.InRange(mean, -6, -4);
    }

    [Fact]
    public void End_DivergedTrials_DoNotBendTheLines()
    {
        List<KnownCurve> curves = [.. Enumerable.Range(0, 30).Select(i => Known(i / 2.0, i, i / 2.0))];
        curves.Add(Known(1e12, 1e9, 1e12));
        curves.Add(Known(null, double.NaN, double.NaN));

        Assert.InRange(new CurveForecast(curves).End(Curve(10), []).Mean, 3, 8);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void End_NobodyHasMeasuredWhatCanBeSquared_IsForetoldAllTheSame(double value)
    {
        List<KnownCurve> curves = [.. Enumerable.Range(0, 4).Select(i => new KnownCurve(Curve(value, value), [i / 4.0], double.IsFinite(value) ? value : null))];

        var (mean, _) = new CurveForecast(curves).End(Curve(3), [0.5]);

        Assert.True(double.IsFinite(mean), $"{mean}");
    }

    [Fact]
    public void End_CurveThatStillFalls_IsForetoldToEndBelowOneThatIsLevel()
    {
        // What falls by 4 falls by 2 and then by 1 more; what is level stays so.
        var forecast = new CurveForecast([.. Enumerable.Range(0, 20).SelectMany(i => new[] { Known(i + 3, i + 10, i + 6, i + 4), Known(i + 3, i + 3, i + 3, i + 3) })]);

        Assert.Equal(8, forecast.End(Curve(15, 11, 9), []).Mean, 0.3);
        Assert.Equal(9, forecast.End(Curve(9, 9, 9), []).Mean, 0.3);
    }

    [Fact]
    public void End_ConfigurationsThatGoOnDifferently_IsForetoldByTheLikeOfIt()
    {
        // All look alike so far; where the first coordinate is high, curves fall on, and where it is low they are level. The second tells nothing.
        var forecast = new CurveForecast([.. Enumerable.Range(0, 40).Select(i => new KnownCurve(Curve(10 + i % 3), [i / 39.0, i * 17 % 40 / 39.0], 10 + i % 3 - 6 * i / 39.0))]);

        Assert.Equal(10.5, forecast.End(Curve(11), [0.1, 0.9]).Mean, 0.7);
        Assert.Equal(5.5, forecast.End(Curve(11), [0.9, 0.1]).Mean, 0.7);
    }

    [Fact]
    public void End_FewTrials_DoesNotTakeTheirConfigurationsForTheCause()
    {
        // Three trials and five coordinates: a plane could go through all of them.
        var forecast = new CurveForecast([.. Enumerable.Range(0, 3).Select(i => new KnownCurve(Curve(10), [i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0, i / 2.0, 1 - i / 2.0], 10 - i))]);

        var (mean, variance) = forecast.End(Curve(10), [0, 0, 1, 1, 0]);

        Assert.InRange(mean, 8, 9);
        Assert.InRange(Math.Sqrt(variance), 0.3, 2);
    }

    [Fact]
    public void Forecast_CurvesThatShowTheirEnd_SpendsEpochsOnTheGoodOnes()
    {
        var run = Run((trial, epoch) => SchedulerRun.X(trial) + 1.0 / epoch);

        Assert.Equal(run.Experiment.Trials.MinBy(SchedulerRun.X)!.Id, run.Experiment.Best!.Id);
        Assert.InRange(run.Epochs.Sum(), 40, 40 * Whole / 2);
        Assert.All(run.Experiment.Trials, t => Assert.True(t.Status == TrialStatus.Completed || t.Reason!.Contains("foretells place", StringComparison.Ordinal), t.Reason));
    }

    [Fact]
    public void Forecast_TrialsThatBeginSlowly_AreKeptWhereTheyStillFall()
    {
        // Every other trial is level at once; the others come from far above and end lower.
        var run = Run((trial, epoch) => SchedulerRun.X(trial) + (IsSlow(trial) ? 4 * Math.Pow(0.7, epoch) : 0.5));

        Assert.Equal(run.Experiment.Trials.Where(IsSlow).MinBy(SchedulerRun.X)!.Id, run.Experiment.Best!.Id);

        static bool IsSlow(Trial trial) => trial.Id.Number % 2 == 0;
    }

    [Fact]
    public void Forecast_PausedTrial_GoesOnWhenOthersShowThatItsLikeEndsWell()
    {
        var run = Run((trial, epoch) => epoch < 8 ? 9 - (trial.Id.Number * 7 % 5) : SchedulerRun.X(trial));

        Assert.Contains(run.Journal, e => e is TrialResumed { By: Initiator.Scheduler });
        Assert.Contains(run.Experiment.Best!.Id, run.Experiment.Trials.OrderBy(SchedulerRun.X).Take(10).Select(t => t.Id));
    }

    [Fact]
    public void Forecast_TrialsThatMeasureNoNumber_PauseAndAreNotTheBest()
    {
        var run = Run((trial, epoch) => trial.Id.Number % 3 == 0 ? double.NaN : SchedulerRun.X(trial) + 1.0 / epoch);

        Assert.NotEqual(0, run.Experiment.Best!.Id.Number % 3);
        Assert.All(run.Experiment.Trials.Where(t => t.Id.Number % 3 == 0 && t.Id.Number > 12), t => Assert.Equal(TrialStatus.Stopped, t.Status));
    }

    [Fact]
    public void Forecast_ManyTrials_KeepsABoundedNumberPaused()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Forecast(0.1, MinResource: 1), 600), 8, (trial, epoch) => SchedulerRun.X(trial) + 1.0 / epoch).ToTheEnd(workers: 4);

        var (paused, most) = (0, 0);
        foreach (var value in run.Journal)
        {
            if (value is TrialPaused) paused++;
            if (value is TrialResumed or TrialEnded { Status: TrialStatus.Stopped }) paused--;
            most = Math.Max(most, paused);
        }
        Assert.InRange(most, 200, 260);
    }

    [Fact]
    public void Forecast_PausedTrials_GoOnOnlyWhereThereIsRoom()
    {
        const int Workers = 3;
        var spec = SchedulerRun.Spec(new EarlyTerminateSpec.Forecast(MinResource: 2), 60);

        var run = new SchedulerRun(spec, Whole, (trial, epoch) => epoch < 8 ? 9 - (trial.Id.Number * 7 % 5) : SchedulerRun.X(trial)).ToTheEnd(Workers);

        var (active, seen) = (new HashSet<int>(), 0);
        foreach (var (before, value) in run.Journal.Zip(run.Journal.Skip(1)))
        {
            if (value is TrialProposed proposed) active.Add(proposed.Trial);
            if (value is TrialPaused paused) active.Remove(paused.Trial);
            if (value is TrialEnded ended) active.Remove(ended.Trial);
            if (value is not TrialResumed resumed) continue;
            // Several may go on at once, the first of them where there is room.
            if (before is not TrialResumed) Assert.InRange(active.Count, 0, Workers - 1);
            seen++;
            active.Add(resumed.Trial);
        }
        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void Forecast_SweepTooSmallToJudge_TrainsEveryTrialToItsEnd()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Forecast(), 6), 16, (trial, epoch) => SchedulerRun.X(trial) + 1.0 / epoch).ToTheEnd(workers: 2);

        Assert.All(run.Experiment.Trials, t => Assert.Equal(TrialStatus.Completed, t.Status));
    }

    [Fact]
    public void Release_NothingElseIsLeftToDoButWhatAPersonHolds_ResumesTheBest()
    {
        var space = new ModelSpace(new SearchSpace([new ParameterSpec("x", new Distribution.Uniform(0, 1))], []));
        var scheduler = new ForecastScheduler(new EarlyTerminateSpec.Forecast(MinResource: 1), new MetricSpec("loss", Goal.Minimize), space);
        foreach (var trial in new[] { 1, 2 })
        {
            scheduler.Observe(new SearchObservation.Proposed(trial, new ParameterSet([new("x", ParameterValue.Of(0.5))])));
            scheduler.Observe(new SchedulerReport(trial, 2, trial));
            if (trial == 1) scheduler.Observe(new SearchObservation.Paused(trial, trial, 2));
        }

        Assert.Empty(scheduler.Release(idle: false)); // one ran at a time, and trial 2 has not ended
        Assert.Equal(1, Assert.IsType<SchedulerAction.Resume>(Assert.Single(scheduler.Release(idle: true))).TrialNumber);
    }

    [Fact]
    public void Decide_ManyTrials_IsTheSameAfterAReplay()
    {
        const int Trials = 1000;
        var spec = new EarlyTerminateSpec.Forecast(MinResource: 2);
        var metric = new MetricSpec("loss", Goal.Minimize);
        var space = new ModelSpace(new SearchSpace([new ParameterSpec("x", new Distribution.Uniform(0, 1))], []));
        var (live, replayed) = (new ForecastScheduler(spec, metric, space), new ForecastScheduler(spec, metric, space));
        for (var trial = 1; trial <= Trials; trial++)
        {
            var proposed = new SearchObservation.Proposed(trial, new ParameterSet([new("x", ParameterValue.Of(trial * 37 % Trials / (double)Trials))]));
            live.Observe(proposed);
            replayed.Observe(proposed);
        }
        for (var epoch = 1; epoch <= 8; epoch++)
        {
            for (var trial = 1; trial <= (epoch <= 6 ? Trials : Trials / 2); trial++)
            {
                // Only the live one is asked on the way.
                live.Decide(Report(trial, epoch));
                live.Observe(Report(trial, epoch));
                replayed.Observe(Report(trial, epoch));
            }
        }

        var others = Enumerable.Range(Trials / 2 + 1, Trials / 2).ToList();
        var decisions = others.ConvertAll(trial => live.Decide(Report(trial, 8)));

        Assert.Equal(decisions, others.ConvertAll(trial => replayed.Decide(Report(trial, 8))));
        Assert.Contains(decisions, d => d != SchedulerDecision.Continue);
        Assert.Contains(SchedulerDecision.Continue, decisions);

        static SchedulerReport Report(int trial, int epoch) => new(trial, epoch, trial * 37 % Trials / (double)Trials + 1.0 / epoch);
    }

    private static SchedulerRun Run(Func<Trial, int, double> loss) =>
        new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Forecast(MinResource: 4), 40), Whole, loss).ToTheEnd(workers: 2);

    private static KnownCurve Known(double? end, params double[] values) => new(Curve(values), [], end);

    /// <summary>Values at the first milestones.</summary>
    private static PartialCurve Curve(params double[] values)
    {
        var curve = new PartialCurve();
        for (var i = 0; i < values.Length; i++) curve.Add(i + 1, values[i]);
        return curve;
    }
}
