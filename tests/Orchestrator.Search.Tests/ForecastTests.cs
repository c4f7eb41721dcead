using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Fidelity;

namespace Orchestrator.Search.Tests;

/// <summary>What curves foretell, and the scheduler that goes by it.</summary>
public sealed class ForecastTests
{
    [Fact]
    public void End_CurvesThatFallAlike_IsForetoldExactly()
    {
        var forecast = new CurveForecast([.. Enumerable.Range(0, 40).Select(i => Known(i / 4.0, i, i / 2.0))]);

        var (mean, variance) = forecast.End(Curve(14));

        Assert.InRange(mean, 3, 4.2); // 3.5, drawn a little to the middle
        Assert.InRange(Math.Sqrt(variance), 0, 1);
    }

    [Fact]
    public void End_FirstEpochThatTellsNothing_IsForetoldWithAllDoubt()
    {
        // What is measured first is as good as random: the end goes round 0 to 9 whatever it was.
        var forecast = new CurveForecast([.. Enumerable.Range(0, 60).Select(i => Known(i % 10, 100 + i * 37 % 60, i % 10))]);

        var (low, doubt) = forecast.End(Curve(100));
        var (high, _) = forecast.End(Curve(159));

        Assert.InRange(high - low, 0, 3);
        Assert.InRange(Math.Sqrt(doubt), 2, 5);
        Assert.Equal(2, forecast.End(Curve(100, 2)).Mean, 0.7);
    }

    [Fact]
    public void End_FewTrainedToTheirEnd_GoesByTheFurthestMilestoneThatEnoughReached()
    {
        List<(PartialCurve, double?)> curves = [.. Enumerable.Range(0, 20).Select(i => Known(null, i, i - 10))];
        curves.Add(Known(-10, 0, -10));

        var (mean, _) = new CurveForecast(curves).End(Curve(5));

        Assert.InRange(mean, -6, -3);
    }

    [Fact]
    public void End_DivergedTrials_DoNotBendTheLines()
    {
        List<(PartialCurve, double?)> curves = [.. Enumerable.Range(0, 30).Select(i => Known(i / 2.0, i, i / 2.0))];
        curves.Add(Known(1e12, 1e9, 1e12));
        curves.Add(Known(null, double.NaN, double.NaN));

        Assert.InRange(new CurveForecast(curves).End(Curve(10)).Mean, 3, 8);
    }

    [Fact]
    public void Forecast_CurvesThatShowTheirEnd_StopsThePoorOnesEarly()
    {
        var run = Run((trial, epoch) => SchedulerRun.X(trial) + 1.0 / epoch);

        Assert.Equal(run.Experiment.Trials.MinBy(SchedulerRun.X)!.Id, run.Experiment.Best!.Id);
        Assert.InRange(run.Experiment.Trials.Count(t => t.Status == TrialStatus.Stopped), 20, 36);
        Assert.All(run.Experiment.Trials.Take(4), t => Assert.Equal(TrialStatus.Completed, t.Status));
        Assert.Contains("chance of", run.Experiment.Trials.First(t => t.Status == TrialStatus.Stopped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_BlindEpochs_StopNobodyBeforeTheyShowSomething()
    {
        // For seven epochs what a trial shows has nothing to do with what it comes to.
        var run = Run((trial, epoch) => epoch < 8 ? 9 - (trial.Id.Number * 7 % 5) : SchedulerRun.X(trial));

        Assert.Contains(run.Experiment.Best!.Id, run.Experiment.Trials.OrderBy(SchedulerRun.X).Take(4).Select(t => t.Id));
        Assert.True(run.Experiment.Trials.Count(t => t.Status == TrialStatus.Stopped && t.Epoch < 8) <= 20);
    }

    private static SchedulerRun Run(Func<Trial, int, double> loss) =>
        new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Forecast(), 40), 16, loss).ToTheEnd(workers: 2);

    private static (PartialCurve, double?) Known(double? end, params double[] values) => (Curve(values), end);

    /// <summary>Values at the first milestones.</summary>
    private static PartialCurve Curve(params double[] values)
    {
        var curve = new PartialCurve();
        for (var i = 0; i < values.Length; i++) curve.Add(i + 1, values[i]);
        return curve;
    }
}
