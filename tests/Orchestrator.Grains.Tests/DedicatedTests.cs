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

        await first.End(rank: 0);
        await second.NextStop();
        Assert.True(second.IsOver);
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed && Wanted() is null, first, second);
    }

    private GangRequest? Wanted() =>
        _cluster.Grains.GetGrain<IGangsGrain>(IGangsGrain.Default).List().WaitAsync(TestCluster.Patience).GetAwaiter().GetResult().SingleOrDefault();

    private Task<string> Submit() => _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Build() with { Dedicated = Dedicated });
}
