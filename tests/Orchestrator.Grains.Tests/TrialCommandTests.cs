using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

/// <summary>What people do with single trials, with workers and checkpoints.</summary>
public sealed class TrialCommandTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task PauseTrial_Running_SavesFreesTheWorkerAndGoesOnFromThere()
    {
        var (worker, id) = await Begun(trials: 2);
        await worker.Report(epoch: 3, loss: 2);

        Assert.Equal(new TrialCommandReply(1), await _cluster.Experiment(id).PauseTrial(1, "asked to"));
        Assert.True((await worker.NextStop()).Save);
        Assert.Equal(ReportReply.Acknowledged, await worker.Save(epoch: 3));
        await worker.End(AttemptOutcome.Stopped);

        Assert.Equal(2, (await worker.Begin()).Attempt.Trial); // the slot is another trial's
        await worker.End();
        await _cluster.Experiment(id).ResumeTrial(1);
        var again = await worker.Begin();
        Assert.Equal((1, 2, 3), (again.Attempt.Trial, again.Attempt.Attempt, Assert.Single(again.ResumeFrom).Epoch));
    }

    [Fact]
    public async Task ForkTrial_Checkpointed_BeginsFromTheParentsCheckpointWithTheChange()
    {
        var (worker, id) = await Begun(trials: 1);
        await worker.Report(epoch: 2, loss: 2);
        await worker.Save(epoch: 1);
        await worker.Save(epoch: 2);
        var other = await FakeWorker.Join(_cluster, "w2");

        Assert.Equal(new TrialCommandReply(2), await _cluster.Experiment(id).ForkTrial(1, 1, """{"learning_rate":0.5}"""));

        var fork = await other.Begin();
        var point = Assert.Single(fork.ResumeFrom);
        Assert.Equal((2, 1, 1), (fork.Attempt.Trial, point.Trial, point.Epoch));
        Assert.Contains("0.5", fork.Parameters, StringComparison.Ordinal);
        Assert.Equal((1, 1), ((await _cluster.Experiment(id).Trial(2))!.Parent, (await _cluster.Experiment(id).Trial(2))!.ParentEpoch));
    }

    [Fact]
    public async Task CheckpointRemoved_AForkIsToBeginFromIt_IsKeptUntilTheForkHasGotFurther()
    {
        var (worker, id) = await Begun(trials: 1);
        await worker.Report(epoch: 1, loss: 2);
        await worker.Save(epoch: 1);
        await _cluster.Experiment(id).ForkTrial(1, null, "{}");
        await worker.Report(epoch: 2, loss: 1);
        await worker.Save(epoch: 2);

        Assert.Equal(ReportReply.Kept, await worker.Remove(epoch: 1));
        Assert.Equal(ReportReply.Acknowledged, await worker.Remove(epoch: 2));

        var other = await FakeWorker.Join(_cluster, "w2");
        await other.Begin();
        await other.Report(epoch: 2, loss: 1);
        Assert.Equal(ReportReply.Acknowledged, await worker.Remove(epoch: 1));
    }

    [Fact]
    public async Task ExtendTrial_OfACompletedExperiment_TrainsOnFromTheLastCheckpoint()
    {
        var (worker, id) = await Begun(trials: 1);
        await worker.Report(epoch: 5, loss: 2);
        await worker.Save(epoch: 5);
        await worker.End();
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);

        Assert.Null((await _cluster.Experiment(id).ExtendTrial(1, 9))!.Refusal);

        var again = await worker.Begin();
        Assert.Equal((2, 5), (again.Attempt.Attempt, Assert.Single(again.ResumeFrom).Epoch));
        Assert.Contains("\"epochs\":9", again.Parameters, StringComparison.Ordinal);
        await worker.Report(epoch: 9, loss: 1);
        await worker.End();
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
    }

    /// <summary>The reminder is what wakes it on another silo when this one dies.</summary>
    [Fact]
    public async Task ExtendTrial_OfACompletedExperiment_HasAReminderAgain()
    {
        var (worker, id) = await Begun(trials: 1);
        Assert.True(await _cluster.IsReminded(id));
        await worker.Report(epoch: 5, loss: 2);
        await worker.Save(epoch: 5);
        await worker.End();
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
        await _cluster.Experiment(id).AsReference<IRemindable>().ReceiveReminder("stay-awake", default);
        Assert.False(await _cluster.IsReminded(id));

        await _cluster.Experiment(id).ExtendTrial(1, 9);

        Assert.True(await _cluster.IsReminded(id));
    }

    [Fact]
    public async Task Commands_ThatCanNotBeDone_SayWhy()
    {
        var (_, id) = await Begun(trials: 1);
        var experiment = _cluster.Experiment(id);

        Assert.True((await experiment.PauseTrial(7, ""))!.IsUnknown);
        Assert.Contains("no checkpoint yet", (await experiment.ForkTrial(1, null, "{}"))!.Refusal, StringComparison.Ordinal);
        Assert.Contains("epochs already", (await experiment.ExtendTrial(1, 0))!.Refusal, StringComparison.Ordinal);
        Assert.Null(await _cluster.Experiment("none-1").PauseTrial(1, ""));
    }

    private async Task<(FakeWorker Worker, string Id)> Begun(int trials)
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(trials).Build());
        await worker.Begin();
        return (worker, id);
    }
}
