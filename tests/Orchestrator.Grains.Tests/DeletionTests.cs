using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

/// <summary>What is left of an experiment that a person deletes, and when it can't be.</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private static readonly DeletionReply Deleted = new(DeletionOutcome.Deleted);
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_Ended_LeavesNothing(bool keepCheckpoints)
    {
        var id = await Ended();

        Assert.Equal(Deleted, await Delete(id, keepCheckpoints));

        Assert.Null(await _cluster.Experiment(id).View(0));
        Assert.Empty(await _cluster.Journal.ListAsync(default));
        Assert.Empty(await _cluster.Catalogue.ListAsync(Trial(id), default));
        Assert.Empty(await _cluster.Metrics.ListAsync(Trial(id), default));
        Assert.Equal([(id, keepCheckpoints)], _cluster.Files.Removed);
        Assert.Equal(DeletionOutcome.Unknown, (await Delete(id)).Outcome);
    }

    [Fact]
    public async Task Delete_Running_IsRefusedAndChangesNothing()
    {
        var (worker, id) = await Begun();

        Assert.Equal(DeletionOutcome.Refused, (await Delete(id)).Outcome);

        await worker.Report(epoch: 1, loss: 1);
        Assert.Equal(ReportReply.Acknowledged, await worker.Save(epoch: 1));
        Assert.Empty(_cluster.Files.Removed);
    }

    [Fact]
    public async Task Delete_AWorkerStillSaves_IsHeldUntilItHasEnded()
    {
        var (worker, id) = await Begun();
        await _cluster.Experiment(id).Stop("asked to");
        await worker.NextStop();

        var held = await Delete(id);

        Assert.Equal(DeletionOutcome.Held, held.Outcome);
        Assert.Contains("w1", held.Reason!, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Stopped, (await _cluster.View(id)).Status);
        await worker.End(AttemptOutcome.Stopped);
        Assert.Equal(Deleted, await Delete(id));
    }

    [Fact]
    public async Task Delete_FilesCantBeRemoved_StaysListedAndIsFinishedLater()
    {
        var id = await Ended();
        _cluster.Files.Fault = new IOException("The disk is gone.");

        var refused = await Delete(id, keepCheckpoints: true);

        Assert.Equal(DeletionOutcome.Refused, refused.Outcome);
        Assert.Contains("The disk is gone", refused.Reason!, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Deleting, (await _cluster.View(id)).Status);
        _cluster.Files.Fault = null;
        Assert.Equal(Deleted, await Delete(id));
        Assert.Equal([(id, true)], _cluster.Files.Removed); // as it was asked for first
    }

    [Fact]
    public async Task Wake_ADeletionBrokeOff_IsFinished()
    {
        var id = await Ended();
        _cluster.Files.Fault = new UnauthorizedAccessException("Not allowed.");
        await Delete(id);
        _cluster.Files.Fault = null;

        await _cluster.Restart();

        Assert.Empty(await _cluster.Journal.ListAsync(default));
        Assert.Equal([(id, false)], _cluster.Files.Removed);
    }

    [Fact]
    public async Task Commands_WhileItIsBeingDeleted_AreRefused()
    {
        var id = await Ended();
        _cluster.Files.Fault = new IOException("The disk is gone.");
        await Delete(id);

        await _cluster.Experiment(id).Resume();
        var reply = await _cluster.Experiment(id).ExtendTrial(1, 99);

        Assert.Contains("is being deleted", reply!.Refusal!, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Deleting, (await _cluster.View(id)).Status);
    }

    [Fact]
    public async Task Submit_AfterADeletion_NeverTakesItsIdAgain()
    {
        var id = await Ended();
        await Delete(id);
        await _cluster.Restart();

        var next = await _cluster.Submit(Spec());

        Assert.NotEqual(id, next);
        Assert.Equal([next], (await _cluster.Journal.ListAsync(default)).Select(e => e.Value));
    }

    private static Domain.Specs.ExperimentSpec Spec() => new ExperimentSpecBuilder().Trials(1).Build();

    private static TrialId Trial(string id) => new(new ExperimentId(id), 1);

    private Task<DeletionReply> Delete(string id, bool keepCheckpoints = false) => _cluster.Experiment(id).Delete("ann", keepCheckpoints).WaitAsync(TestCluster.Patience);

    private async Task<(FakeWorker Worker, string Id)> Begun()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(Spec());
        await worker.Begin();
        return (worker, id);
    }

    /// <summary>An experiment with a checkpoint and a curve that has ended, and whose worker is free.</summary>
    private async Task<string> Ended()
    {
        var (worker, id) = await Begun();
        await worker.Report(epoch: 1, loss: 1);
        await worker.Save(epoch: 1);
        await _cluster.Metrics.AppendAsync(new AttemptId(Trial(id), 1), [new MetricPoint("loss", 1, 0.5)], default);
        await worker.End();
        await _cluster.Until(id, view => view.Status == ExperimentStatus.Completed, worker);
        return id;
    }
}
