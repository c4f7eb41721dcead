using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Search.Tests;

public sealed class OtherSchedulerTests
{
    [Fact]
    public void Decide_Median_StopsTheWorseHalf()
    {
        var scheduler = Create(new EarlyTerminateSpec.Percentile(0.5, MinResource: 2, MinTrials: 3));
        for (var trial = 1; trial <= 4; trial++) Assert.False(Report(scheduler, trial, 1, trial));

        Assert.False(Report(scheduler, 1, 2, 1));
        Assert.False(Report(scheduler, 2, 2, 2));
        Assert.True(Report(scheduler, 3, 2, 3));
        Assert.False(Report(scheduler, 4, 2, 0.5));
    }

    [Fact]
    public void Decide_Median_ComparesTheBestSoFar()
    {
        var scheduler = Create(new EarlyTerminateSpec.Percentile(0.5, MinTrials: 2));
        Report(scheduler, 1, 1, 5);
        Report(scheduler, 2, 1, 1);
        Report(scheduler, 1, 2, 4);

        Assert.False(Report(scheduler, 2, 2, 99));
    }

    [Fact]
    public void Decide_Patience_StopsWhatNoLongerGetsBetter()
    {
        var scheduler = Create(new EarlyTerminateSpec.Patience(2, MinDelta: 0.1));

        Assert.False(Report(scheduler, 1, 1, 5));
        Assert.False(Report(scheduler, 1, 2, 4));
        Assert.False(Report(scheduler, 1, 3, 3.95));
        Assert.True(Report(scheduler, 1, 4, 3.92));
        Assert.False(Report(scheduler, 1, 5, 3));
    }

    [Fact]
    public void Decide_BlindFirstRung_StopsNothingThere()
    {
        var scheduler = Create(new EarlyTerminateSpec.Asha(1, 2, 8));

        // The order after one epoch is the reverse of that after two.
        for (var trial = 1; trial <= 20; trial++)
        {
            Assert.False(Report(scheduler, trial, 1, trial));
            Report(scheduler, trial, 2, -trial);
        }
        Assert.False(Report(scheduler, 21, 1, 1000));
    }

    [Fact]
    public void Decide_TellingFirstRung_StopsThereOnceShown()
    {
        var scheduler = Create(new EarlyTerminateSpec.Asha(1, 2, 8));
        for (var trial = 1; trial <= 8; trial++)
        {
            Assert.False(Report(scheduler, trial, 1, trial));
            Report(scheduler, trial, 2, trial * 0.5);
        }

        Assert.True(Report(scheduler, 9, 1, 1000));
    }

    private static ITrialScheduler Create(EarlyTerminateSpec spec) =>
        TrialSchedulers.Create(Specs.Of(SearchMethod.Random, Specs.Small) with { EarlyTerminate = spec });

    private static bool Report(ITrialScheduler scheduler, int trial, int resource, double metric)
    {
        var report = new SchedulerReport(trial, resource, metric);
        var decision = scheduler.Decide(report);
        scheduler.Observe(report);
        return decision.Stop;
    }
}
