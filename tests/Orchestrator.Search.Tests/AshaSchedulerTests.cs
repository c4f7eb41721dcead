using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Search.Tests;

public sealed class AshaSchedulerTests
{
    private static readonly EarlyTerminateSpec.Asha Halving = new(MinResource: 2, ReductionFactor: 2, MaxResource: 16);

    [Fact]
    public void Decide_FewerTrialsThanTheReductionFactor_GoesOn()
    {
        var scheduler = Create(Halving with { ReductionFactor = 3 });

        Assert.False(Report(scheduler, 1, 1, 5));
        Assert.False(Report(scheduler, 2, 1, 9));
    }

    [Theory]
    [InlineData(Goal.Minimize)]
    [InlineData(Goal.Maximize)]
    public void Decide_AtARung_KeepsTheTopByTheGoal(Goal goal)
    {
        var sign = goal == Goal.Minimize ? 1 : -1;
        var scheduler = Create(Halving, goal);

        Assert.False(Report(scheduler, 1, 1, 5 * sign));
        Assert.False(Report(scheduler, 2, 1, 4 * sign));
        Assert.True(Report(scheduler, 3, 1, 6 * sign));
        Assert.True(Report(scheduler, 4, 1, 5.5 * sign));
        Assert.False(Report(scheduler, 5, 1, 3 * sign));
    }

    [Fact]
    public void Decide_NotANumber_IsWorstAndStops()
    {
        var scheduler = Create(Halving);
        Report(scheduler, 1, 1, 5);

        Assert.True(Report(scheduler, 2, 1, double.NaN));
        Assert.False(Report(scheduler, 3, 1, 4));
    }

    [Fact]
    public void Decide_BetweenRungsAndPastTheLast_GoesOn()
    {
        var scheduler = Create(Halving);
        foreach (var resource in new[] { 1, 2, 4, 8 }) Report(scheduler, 1, resource, 1);

        Assert.False(scheduler.Decide(At(1, 3, 99)).Stop);
        Assert.False(scheduler.Decide(At(1, 7, 99)).Stop);
        Assert.False(scheduler.Decide(At(2, 8, 99)).Stop && scheduler.Decide(At(1, 8, 99)).Stop);
    }

    [Fact]
    public void Decide_Brackets_CompareOnlyTheirOwnTrialsAndStartLater()
    {
        var scheduler = Create(Halving with { Brackets = 2 });
        Report(scheduler, 1, 1, 1);

        Assert.False(Report(scheduler, 2, 1, 99));
        Assert.False(Report(scheduler, 2, 2, 99));
        Assert.True(Report(scheduler, 3, 1, 99));
        Assert.True(Report(scheduler, 4, 2, 100));
    }

    [Fact]
    public void Decide_AgainAndAgain_ChangesNothing()
    {
        var scheduler = Create(Halving);
        Report(scheduler, 1, 1, 1);

        for (var i = 0; i < 3; i++) Assert.True(scheduler.Decide(At(2, 1, 2)).Stop);
    }

    [Fact]
    public void Decide_StopReason_SaysWhatWasCompared()
    {
        var scheduler = Create(Halving);
        Report(scheduler, 1, 1, 1);

        Assert.Equal("loss 2.5 is not in the top 1/2 of 2 trials after 2 epochs.", scheduler.Decide(At(2, 1, 2.5)).Reason);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(2.5)]
    public void Decide_RandomMetrics_AgreesWithSorting(double eta)
    {
        var scheduler = Create(new EarlyTerminateSpec.Asha(2, eta));
        var random = new SplitMix64(1);
        var seen = new List<double>();
        for (var trial = 1; trial <= 2000; trial++)
        {
            var metric = Math.Floor(random.NextDouble() * 500);
            seen.Add(metric);
            var keep = (int)(seen.Count / eta);
            var expected = keep > 0 && seen.Count(other => other < metric) >= keep;

            Assert.Equal(expected, Report(scheduler, trial, 1, metric));
        }
    }

    [Theory]
    [InlineData(true, 40, 65)]
    [InlineData(false, 66, 100)]
    public void Decide_RungThatTellsNothingOfTheNext_KeepsMore(bool tells, int least, int most)
    {
        var scheduler = Create(Halving);
        var random = new SplitMix64(3);
        var kept = 0;
        for (var trial = 1; trial <= 300; trial++)
        {
            var metric = random.NextDouble();
            if (Report(scheduler, trial, 1, metric)) continue;
            Report(scheduler, trial, 2, tells ? metric : random.NextDouble());
            if (trial > 200) kept++;
        }

        Assert.InRange(kept, least, most);
    }

    [Fact]
    public void Observe_Replayed_GivesTheSameDecisions()
    {
        var random = new SplitMix64(5);
        var live = Create(Halving);
        var reports = new List<SchedulerReport>();
        for (var trial = 1; trial <= 300; trial++)
            for (var resource = 1; resource <= 8; resource++)
            {
                var report = At(trial, resource, random.NextDouble());
                reports.Add(report);
                live.Observe(report);
            }
        var replayed = Create(Halving);
        foreach (var report in reports) replayed.Observe(report);

        for (var i = 0; i < 50; i++)
        {
            var report = At(1000 + i, 1 << (i % 4), i / 50.0);
            Assert.Equal(live.Decide(report), replayed.Decide(report));
        }
    }

    [Fact]
    public void Create_NoEarlyTermination_NeverStops()
    {
        var scheduler = TrialSchedulers.Create(Specs.Of(SearchMethod.Random, Specs.Small));

        Assert.False(Report(scheduler, 1, 1, double.NaN));
    }

    private static ITrialScheduler Create(EarlyTerminateSpec.Asha spec, Goal goal = Goal.Minimize) =>
        TrialSchedulers.Create(Specs.Of(SearchMethod.Random, Specs.Small) with { EarlyTerminate = spec, Metric = new MetricSpec("loss", goal) });

    /// <summary>Rungs are at 2, 4 and 8 epochs: a rung at 1 would be on probation. The tests count them 1, 2 and 4.</summary>
    private static SchedulerReport At(int trial, int resource, double metric) => new(trial, 2 * resource, metric);

    private static bool Report(ITrialScheduler scheduler, int trial, int resource, double metric)
    {
        var report = At(trial, resource, metric);
        var decision = scheduler.Decide(report);
        scheduler.Observe(report);
        return decision.Stop;
    }

    [Fact]
    public void Trust_OrderThatTurnsLateInALongSweep_Falls()
    {
        var trust = new RungTrust(new MetricSpec("loss", Goal.Minimize));
        for (var i = 0; i < 5_000; i++) trust.Add(i % 24, i % 24);
        var before = trust.Value;

        for (var i = 0; i < 100; i++) trust.Add(i % 24, -(i % 24));

        Assert.Equal(1, before, 1e-9);
        Assert.InRange(trust.Value, 0, 0.3);
    }
}
