using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

/// <summary>Ranks are lost of a trial on three workers that goes on with two.</summary>
public sealed class ElasticTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private FakeWorker[] _workers = null!;
    private string _id = "";

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start();
        _workers = [await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"), await FakeWorker.Join(_cluster, "w3")];
        _id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(3).MinWorldSize(2).Build());
        foreach (var worker in _workers)
        {
            var assignment = await worker.Begin();
            Assert.Equal((1, true), (assignment.Generation, assignment.IsElastic));
        }
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Die_OneOfThree_TheOthersAreTheNextGenerationOfTheSameAttempt()
    {
        await _workers[0].Report(epoch: 1, loss: 2);
        await LoseFirst();

        var (first, second) = (await _workers[1].Rejoin(), await _workers[2].Rejoin());

        Assert.Equal([(2, 0, 1), (2, 1, 1)], ((Assignment[])[first, second]).Select(a => (a.Generation, a.Rank, a.ReportedEpoch)));
        Assert.All([first, second], a => Assert.Equal<string>(["http://w2:1", "http://w3:1"], a.Peers));
        Assert.Equal(ReportReply.Acknowledged, await _workers[1].Report(epoch: 2, loss: 1));
        Assert.Equal(ReportReply.Acknowledged, await _workers[1].Save(epoch: 2));
        await _workers[2].End();
        await _workers[1].End();
        var view = await _cluster.Until(_id, v => v.Status == ExperimentStatus.Completed, _workers[1..]);
        Assert.Equal((1, 2), (view.Trials[0].Attempt, view.Trials[0].Epoch));
    }

    [Fact]
    public async Task Report_OfARankThatWasCutOff_IsRefusedAndItIsStopped()
    {
        await LoseFirst();
        await _workers[1].Rejoin();

        await _workers[0].Register();
        await _workers[0].LoseGroup(1);

        Assert.Equal(ReportReply.Stale, await _workers[0].Report(epoch: 1, loss: 1));
        Assert.Equal(ReportReply.Stale, await _workers[0].Save(epoch: 1));
        Assert.Equal(_workers[0].Running, (await _workers[0].NextStop()).Attempt);
        await _workers[0].End(AttemptOutcome.Stopped); // what it says of an end is not the attempt's
        Assert.Equal((1, TrialStatus.Running), await State());
    }

    [Fact]
    public async Task LoseGroup_NobodyIsGone_TheSameRanksAreTheNextGeneration()
    {
        foreach (var worker in _workers) await worker.LoseGroup(1);

        foreach (var (rank, worker) in _workers.Index())
        {
            var assignment = await worker.Rejoin();
            Assert.Equal((2, rank, 3), (assignment.Generation, assignment.Rank, assignment.Peers.Length));
        }
    }

    [Fact]
    public async Task LoseGroup_OneIsBusy_IsWaitedFor()
    {
        await _workers[0].LoseGroup(1);
        await _workers[1].LoseGroup(1);
        for (var second = 0; second < 30; second++)
        {
            _cluster.Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var worker in _workers) await worker.Heartbeat();
        }
        Assert.DoesNotContain(await Journal(), e => e is AttemptRegrouped);

        await _workers[2].LoseGroup(1);

        Assert.Equal(3, (await _workers[0].Rejoin()).Peers.Length);
    }

    [Fact]
    public async Task Restart_AfterTheJournalHasTheNextGeneration_TheRanksLearnOfIt()
    {
        await _workers[1].LoseGroup(1);
        await _workers[2].LoseGroup(1);
        await _workers[0].Die();
        await _cluster.Until(_id, v => v.Trials[0].Workers.Length == 2, _workers[1..]);

        await _cluster.Restart();
        foreach (var worker in _workers[1..]) await worker.Register();
        await _workers[1].Heartbeat();

        Assert.Equal((2, 0), await Place(_workers[1].Rejoin()));
        await _workers[2].Heartbeat();
        Assert.Equal((2, 1), await Place(_workers[2].Rejoin()));
    }

    [Fact]
    public async Task Die_BelowTheLeast_ResumesFromTheCheckpointWithAWholeGang()
    {
        await _workers[0].Save(epoch: 1);
        await _workers[2].LoseGroup(1);
        await _workers[0].Die();
        await _workers[1].Die();
        var spares = (FakeWorker[])[await FakeWorker.Join(_cluster, "s1"), await FakeWorker.Join(_cluster, "s2")];
        await _cluster.Until(_id, v => v.Trials[0].Attempt == 1 && v.Trials[0].Status == TrialStatus.Waiting || v.Trials[0].Attempt == 2, [_workers[2], .. spares]);

        await _workers[2].End(AttemptOutcome.Stopped);
        await _cluster.Until(_id, v => v.Trials[0].Attempt == 2, [_workers[2], .. spares]);

        var assignment = await spares[0].Begin();
        Assert.Equal((2, 1, 3), (assignment.Attempt.Attempt, assignment.Generation, assignment.Peers.Length));
        Assert.Equal(1, Assert.Single(assignment.ResumeFrom).Epoch);
    }

    [Fact]
    public async Task Lease_OfASilentWorkerIsOver_TheOthersAreToldThoughTheirGroupIsWhole()
    {
        await _cluster.Until(_id, v => v.Trials[0].Workers.Length == 2, _workers[1..]);

        Assert.Equal((2, 0), await Place(_workers[1].Rejoin()));
    }

    private static async Task<(int Generation, int Rank)> Place(Task<Assignment> assignment) => ((await assignment).Generation, (await assignment).Rank);

    private async Task LoseFirst()
    {
        await _workers[1].LoseGroup(1);
        await _workers[2].LoseGroup(1);
        await _workers[0].Die();
        await _cluster.Until(_id, v => v.Trials[0].Workers.Length == 2, _workers[1..]);
    }

    private async Task<(int Attempt, TrialStatus Status)> State()
    {
        var trial = (await _cluster.View(_id)).Trials[0];
        return (trial.Attempt, trial.Status);
    }

    private async Task<List<ExperimentEvent>> Journal()
    {
        List<ExperimentEvent> events = [];
        await foreach (var (_, value) in _cluster.Journal.ReadAsync(new(_id), 0, default)) events.Add(value);
        return events;
    }
}
