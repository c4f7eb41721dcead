using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Schedulers.Repeats;

namespace Orchestrator.Search.Tests;

/// <summary>Points that are trained with several seeds.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData(1.0 / 32, 1.0, 2.0, 3.0, 4.0, 5.0)]
    [InlineData(1.0, -1.0, -2.0, -3.0)]
    [InlineData(1.0, 0.0, 0.0)]
    [InlineData(2.0 / 16, -1.0, 2.0, 3.0, 4.0)]
    [InlineData(6.0 / 8, -1.0, 2.0, -3.0)]
    [InlineData(0.75, 1.0, -1.0)] // tied amounts share ranks: of four choices of signs, three reach 1.5
    public void ProbabilityOfGreater_KnownCases_IsExact(double expected, params double[] differences) =>
        Assert.Equal(expected, SignedRanks.ProbabilityOfGreater(differences), 12);

    [Fact]
    public void Seeds_EachPoint_IsTrainedSoOftenWithTheSameSeeds()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(null, 12) with { Seeds = 4 }, 2, Noisy).ToTheEnd(workers: 3);

        var points = run.Experiment.Trials.GroupBy(t => t.Parameters).ToList();
        Assert.Equal([4, 4, 4], points.Select(p => p.Count()));
        Assert.All(points, p => Assert.Equal(points[0].Select(t => t.Seed), p.Select(t => t.Seed)));
        Assert.Equal(4, points[0].Select(t => t.Seed).Distinct().Count());
        var best = points.MinBy(p => p.Average(t => t.BestMetric!.Value))!;
        Assert.Equal(best.MinBy(t => t.BestMetric)!.Id, run.Experiment.Best!.Id);
        Assert.Equal(run.Experiment.Best.Id, run.Replay().Best!.Id);
    }

    [Fact]
    public void Wilcoxon_PoorPoints_GetFewerRepeatsAndTheBestAll()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Wilcoxon(0.1), 60) with { Seeds = 8 }, 2, Noisy).ToTheEnd(workers: 1);

        var counts = run.Experiment.Trials.GroupBy(t => t.Parameters).Select(p => (X: SchedulerRun.X(p.First()), Count: p.Count())).ToList();
        Assert.Equal(8, counts[0].Count);
        Assert.Contains(counts, c => c.Count == 4); // the least that can be told apart at 0.1
        Assert.All(counts.SkipLast(1), c => Assert.InRange(c.Count, 4, 8));
        Assert.True(counts.Count > 60 / 8);
        Assert.Equal(8, counts.MinBy(c => c.X).Count);
    }

    /// <summary>The seed's noise is the same for all points, up to a little.</summary>
    private static double Noisy(Trial trial, int epoch)
    {
        var random = SplitMix64.ForStream(trial.Seed, 0);
        var own = SplitMix64.ForStream(trial.Seed, trial.Id.Number);
        return SchedulerRun.X(trial) + 0.3 * random.NextDouble() + 0.01 * own.NextDouble();
    }
}
