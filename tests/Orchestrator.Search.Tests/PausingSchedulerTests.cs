using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Tests;

/// <summary>Schedulers that pause trials, with the real experiment around them.</summary>
public sealed class PausingSchedulerTests
{
    private static readonly EarlyTerminateSpec[] Schedulers =
    [
        new EarlyTerminateSpec.Asha(1, 3, 9),
        new EarlyTerminateSpec.Promotion(1, 3, 9),
        new EarlyTerminateSpec.Promotion(2, 2, 9, 2),
        new EarlyTerminateSpec.Hyperband(9),
        new EarlyTerminateSpec.Forecast(),
        new EarlyTerminateSpec.Population(3),
        new EarlyTerminateSpec.Population(2, 0.5, Bandit: true),
    ];

    public static TheoryData<SearchMethod> Methods => [.. Enum.GetValues<SearchMethod>().Where(m => m != SearchMethod.Grid)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void AnyMethod_WithAnyScheduler_EndsAndReplays(SearchMethod method)
    {
        foreach (var early in Schedulers)
        {
            var run = new SchedulerRun(SchedulerRun.Spec(early, 12, method), 9, (trial, epoch) => SchedulerRun.X(trial) + 1.0 / epoch).ToTheEnd(workers: 3);

            Assert.Equal(ExperimentStatus.Completed, run.Experiment.Status);
            Assert.All(run.Experiment.Trials, trial => Assert.True(trial.IsTerminal));
            Assert.Contains(run.Experiment.Trials, trial => trial.Status == TrialStatus.Completed);
            Assert.Equal(Describe(run.Experiment), Describe(run.Replay()));
        }
    }

    [Fact]
    public void Promotion_SlowStarterThatIsGoodLater_IsPausedNotLost()
    {
        // The best of three only shows once others have come to the rung: the stopping type would have ended it there.
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Promotion(2, 3, 9), 9), 9, (trial, epoch) => SchedulerRun.X(trial)).ToTheEnd(workers: 1);

        var trials = run.Experiment.Trials;
        Assert.Equal(TrialStatus.Completed, trials.MinBy(SchedulerRun.X)!.Status);
        Assert.InRange(trials.Count(t => t.Epoch >= 6), 3, 6);
        Assert.Contains(trials, t => t.Attempt > 1);
        Assert.All(trials.Where(t => t.Epoch == 2), t => Assert.Equal((TrialStatus.Stopped, 1), (t.Status, t.Attempt)));
    }

    [Fact]
    public void Promotion_FewerTrialsThanItsRungsNeed_StillTrainsTheBestToTheEnd()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Promotion(2, 3, 9), 2), 9, (trial, _) => SchedulerRun.X(trial)).ToTheEnd(workers: 2);

        Assert.Equal(run.Experiment.Trials.MinBy(SchedulerRun.X)!.Id, run.Experiment.Trials.Single(t => t.Status == TrialStatus.Completed).Id);
    }

    [Fact]
    public void Hyperband_ThreeRungs_HasTheBracketsOfThePaper()
    {
        // R = 9, eta = 3: 9 trials from 1 epoch, 5 from 3, 3 from 9.
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Hyperband(9), 17), 9, (trial, _) => SchedulerRun.X(trial)).ToTheEnd(workers: 4);

        var epochs = run.Epochs.ToList();
        Assert.Equal([1, 1, 1, 1, 1, 1, 3, 3, 9], epochs.Take(9).Order());
        Assert.Equal([3, 3, 3, 3, 9], epochs.Skip(9).Take(5).Order());
        Assert.Equal([9, 9, 9], epochs.Skip(14));
        Assert.Equal(run.Experiment.Trials.Take(9).MinBy(SchedulerRun.X)!.Id, run.Experiment.Trials.Take(9).Single(t => t.Status == TrialStatus.Completed).Id);
    }

    [Fact]
    public void Hyperband_AnyNumberOfWorkers_TrainsTheSame()
    {
        List<int> Epochs(int workers) => [.. new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Hyperband(9), 20), 9, (trial, _) => SchedulerRun.X(trial)).ToTheEnd(workers).Epochs];

        Assert.Equal(Epochs(1), Epochs(7));
    }

    [Fact]
    public void Population_TheWorst_AreReplacedByForksOfTheBest()
    {
        var run = new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Population(3), 8), 9, (trial, epoch) => SchedulerRun.X(trial) - 0.1 * epoch).ToTheEnd(workers: 2);

        var forks = run.Experiment.Trials.Where(t => t.Parent is not null).ToList();
        Assert.Equal(4, forks.Count); // a quarter of eight, at epochs 3 and 6
        Assert.Equal([3, 3, 6, 6], forks.Select(f => f.ParentEpoch));
        var first = run.Experiment.Trials.Take(8).OrderBy(SchedulerRun.X).Select(t => t.Id.Number).ToList();
        Assert.All(forks.Take(2), f => Assert.Contains(f.Parent!.Value, first.Take(2)));
        Assert.All(first.TakeLast(2), number => Assert.Equal((TrialStatus.Stopped, 3), (run.Experiment.Find(number)!.Status, run.Experiment.Find(number)!.Epoch)));
        Assert.All(forks, f => Assert.NotEqual(SchedulerRun.X(run.Experiment.Find(f.Parent!.Value)!), SchedulerRun.X(f)));
        Assert.Equal(8, run.Experiment.Trials.Count(t => t.Status == TrialStatus.Completed));
    }

    [Fact]
    public void Population_AnyNumberOfWorkers_GivesTheSameForks()
    {
        List<string> Forks(int workers) =>
            [.. new SchedulerRun(SchedulerRun.Spec(new EarlyTerminateSpec.Population(3, Bandit: true), 8), 12, (trial, epoch) => Math.Abs(SchedulerRun.X(trial) - 0.3) / epoch).ToTheEnd(workers).Experiment.Trials.Select(t => $"{t.Parent}@{t.ParentEpoch} {t.Parameters}")];

        Assert.Equal(Forks(2), Forks(8));
    }

    private static string Describe(Experiment experiment) => string.Join("\n", experiment.Trials
        .Select(t => $"{t.Id} {t.Status} {t.Attempt} {t.Epoch} {t.Parent} {t.BestMetric:R} {t.Parameters}").Append($"{experiment.Status} {experiment.Version} {experiment.Best?.Id}"));
}
