using Grpc.Core;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Progress;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Progress;

public sealed class ExperimentWatcherTests
{
    [Fact]
    public async Task Watch_StreamBreaks_WatchesAgainToTheEnd()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Experiments.Put(FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch));
        var watches = 0;
        coordinator.Experiments.OnWatched = id =>
        {
            if (Interlocked.Increment(ref watches) < 3) coordinator.Experiments.BreakWatches();
            else coordinator.Experiments.Update(id, experiment => experiment.Status = "completed");
        };
        var view = new ExperimentView();

        await WatchAsync(coordinator, "a-1", view).WaitAsync(FakeCoordinator.Patience);

        Assert.Equal("completed", view.Experiment.Status);
        Assert.Equal(3, watches);
    }

    [Fact]
    public async Task Watch_UnknownExperiment_FailsAtOnce()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => WatchAsync(coordinator, "no-such", new ExperimentView()).WaitAsync(FakeCoordinator.Patience));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static async Task WatchAsync(FakeCoordinator coordinator, string experiment, ExperimentView view)
    {
        await using var session = new ClusterSession(new AttachedCluster(new Uri(coordinator.Address), null, ClientAccess.None), null);
        await new ExperimentWatcher(session, new PlainProgress(TextWriter.Null, TimeProvider.System), TimeProvider.System).WatchAsync(experiment, view, CancellationToken.None);
    }
}
