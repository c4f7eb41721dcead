using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

/// <summary>Experiments whose gangs have machines of their own.</summary>
public sealed class DedicatedTests : IAsyncLifetime
{
    private static readonly DedicatedSpec Dedicated = new("gpu") { Queue = "team-a" };

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Place_WorkersOfTwoGangsAndOfAll_TakesOneWholeGangOfItsOwn()
    {
        var id = await Submit();
        await FakeWorker.Join(_cluster, "warm-1");
        await FakeWorker.Join(_cluster, "warm-2");
        await FakeWorker.Join(_cluster, "a-1", id, "gang-a");
        await FakeWorker.Join(_cluster, "b-1", id, "gang-b");
        Assert.Equal(TrialStatus.Waiting, Assert.IsType<ExperimentView>(await _cluster.View(id)).Trials.Select(t => t.Status).DefaultIfEmpty(TrialStatus.Waiting).Single());

        var last = await FakeWorker.Join(_cluster, "b-2", id, "gang-b");
        await last.Begin();

        Assert.Equal<string>(["b-1", "b-2"], (await _cluster.View(id)).Trials.Single().Workers);
    }

    [Fact]
    public async Task Want_UntilItIsOver_SaysWhatTheClusterIsToMake()
    {
        var id = await Submit();

        await _cluster.Until(id, _ => Wanted() is { Waiting: 1, Running: 0 });
        Assert.Equal((id, "cpu", 2, "gpu", "team-a"), (Wanted()!.Experiment, Wanted()!.Device, Wanted()!.WorldSize, Wanted()!.Pool, Wanted()!.Queue));
        var (first, second) = (await FakeWorker.Join(_cluster, "a-1", id, "gang-a"), await FakeWorker.Join(_cluster, "a-2", id, "gang-a"));
        await first.Begin();
        await second.Begin();
        await _cluster.Until(id, _ => Wanted() is { Waiting: 0, Running: 1 }, first, second);

        await first.End();
        await second.NextStop();
        Assert.True(second.IsOver);
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed && Wanted() is null, first, second);
    }

    /// <summary>A gang is a place of the experiment, not of a trial: one that is whole again runs whichever trial waits, so that nothing is asked of the cluster twice.</summary>
    [Fact]
    public async Task StopTrial_WhileItsGangIsMadeWholeAgain_GivesTheGangToTheTrialThatWaits()
    {
        var id = await Submit(trials: 2);
        var (first, second) = (await FakeWorker.Join(_cluster, "a-1", id, "gang-a"), await FakeWorker.Join(_cluster, "a-2", id, "gang-a"));
        var stopped = await first.Begin();
        await second.Begin();

        await LosePeer(id, first, "a-2");
        Assert.False(first.IsOver); // it waits for the Pod that replaces the other
        Assert.Null((await _cluster.Experiment(id).StopTrial(stopped.Attempt.Trial, "enough"))!.Refusal);

        var third = await FakeWorker.Join(_cluster, "a-3", id, "gang-a");
        var next = await third.Begin();

        Assert.NotEqual(stopped.Attempt.Trial, next.Attempt.Trial);
        Assert.Equal<string>(["a-1", "a-3"], (await _cluster.View(id)).Trials.Single(t => t.Number == next.Attempt.Trial).Workers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task StopTrial_WhileItsGangIsMadeWholeAgainAndNothingWaits_WantsNothingMore()
    {
        var id = await Submit();
        var (first, second) = (await FakeWorker.Join(_cluster, "a-1", id, "gang-a"), await FakeWorker.Join(_cluster, "a-2", id, "gang-a"));
        await first.Begin();
        await second.Begin();
        await LosePeer(id, first, "a-2");

        await _cluster.Experiment(id).StopTrial(1, "enough");
        await FakeWorker.Join(_cluster, "a-3", id, "gang-a");

        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed && Wanted() is null, first); // its Job is deleted then, with the Pods that wait
    }

    /// <summary>A worker of the gang leaves, and the other one ends its part of the attempt.</summary>
    private async Task LosePeer(string id, FakeWorker other, string peer)
    {
        var attempt = other.Running!;
        await _cluster.Grains.GetGrain<IWorkerGrain>(peer).Leave();
        await _cluster.Until(id, v => v.Trials.Single(t => t.Number == attempt.Trial).Status == TrialStatus.Waiting, other);
        await other.NextStop();
        await other.End(AttemptOutcome.Interrupted);
    }

    private GangRequest? Wanted() =>
        _cluster.Grains.GetGrain<IGangsGrain>(IGangsGrain.Default).List().WaitAsync(TestCluster.Patience).GetAwaiter().GetResult().SingleOrDefault();

    private Task<string> Submit(int trials = 1) => _cluster.Submit(new ExperimentSpecBuilder().Trials(trials).WorldSize(2).Build() with { Dedicated = Dedicated });
}
