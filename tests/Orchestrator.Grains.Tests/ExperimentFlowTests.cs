using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

public sealed class ExperimentFlowTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Submit_OneWorker_RunsEveryTrialOnceAndPicksTheBest()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(3).Build());

        foreach (var loss in new[] { 3.0, 1.0, 2.0 })
        {
            await worker.Begin();
            Assert.Equal(ReportReply.Acknowledged, await worker.Report(epoch: 1, loss));
            await worker.End();
        }

        var view = await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
        Assert.Equal((3, 2), (view.TrialCount, view.BestTrial));
        Assert.All(view.Trials, t => Assert.Equal((TrialStatus.Completed, 1), (t.Status, t.Attempt)));
    }

    [Fact]
    public async Task Submit_SameNameTwice_TakesTheNextNumber()
    {
        Assert.Equal("twice-1", await _cluster.Submit(new ExperimentSpecBuilder().Named("twice").Trials(1).Build()));
        Assert.Equal("twice-2", await _cluster.Submit(new ExperimentSpecBuilder().Named("twice").Trials(1).Build()));
    }

    [Fact]
    public async Task Place_WorldSizeTwo_GivesEachRankItsPlaceAndAllPeers()
    {
        await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Collective(CollectiveKind.Grpc).Build());
        var (first, second) = (await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"));

        Assignment[] assignments = [await first.Begin(), await second.Begin()];

        Assert.Equal([0, 1], assignments.Select(a => a.Rank));
        Assert.All(assignments, a => Assert.Equal<string>(["http://w1:1", "http://w2:1"], a.Peers));
        Assert.All(assignments, a => Assert.Equal("grpc", a.Collective));
    }

    [Fact]
    public async Task Place_HostHasMemoryForOneTrial_TheOtherSaysThatItWaitsForIt()
    {
        FakeWorker[] workers = [new(_cluster, "w1") { Memory = 8000 }, new(_cluster, "w2") { Memory = 8000 }];
        foreach (var worker in workers) await worker.Register();
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(2).Build() with { Resources = new ResourcesSpec { MemoryGb = 5 } });

        var view = await _cluster.Until(id, v => v.Waiting is { Cause: "memory" } && v.Trials.Any(t => t.Status == TrialStatus.Running), workers);

        Assert.Equal(1, view.Trials.Count(t => t.Status == TrialStatus.Running));
        Assert.Contains("needs 1 cpu device with 5 GB of memory", view.Waiting!.Text);
    }

    [Fact]
    public async Task Report_SentAgain_IsAcknowledgedAndCountedOnce()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        var attempt = (await worker.Begin()).Attempt;
        await worker.Report(attempt, sequence: 1, epoch: 1, loss: 2);
        var version = await EventCount(id);

        Assert.Equal(ReportReply.Acknowledged, await worker.Report(attempt, sequence: 1, epoch: 1, loss: 2));

        Assert.Equal(version, await EventCount(id));
    }

    [Fact]
    public async Task RankEnded_WorkerLeftInOrder_IsTheReasonWhateverTheOthersSay()
    {
        var (first, second) = (await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"));
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Build());
        await first.Begin();
        await second.Begin();

        await first.End(AttemptOutcome.Interrupted, "A peer is gone.");
        await second.End(AttemptOutcome.Stopped, "Worker w2 left in order.");

        AttemptEnded? ended = null;
        await foreach (var (_, value) in _cluster.Journal.ReadAsync(new(id), 0, default)) ended ??= value as AttemptEnded;
        Assert.Equal((AttemptOutcome.Interrupted, "Worker w2 left in order."), (ended!.Outcome, ended.Reason));
    }

    [Fact]
    public async Task Report_ScheduledToStop_EndsTheTrialAndTellsEveryRank()
    {
        var (first, second) = (await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"));
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(2).WorldSize(2).Asha(minResource: 2, reductionFactor: 2).Build());
        await first.Begin();
        await second.Begin();
        await first.Report(epoch: 2, loss: 1);
        await first.End();
        await second.End();

        await first.Begin();
        await second.Begin();
        await first.Report(epoch: 2, loss: 9);

        Assert.Equal(2, (await first.NextStop()).Attempt.Trial);
        Assert.Equal(1, (await second.NextStop()).Attempt.Trial); // rank 0 completed first
        Assert.Equal(2, (await second.NextStop()).Attempt.Trial);
        var view = await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, first, second);
        Assert.Equal([TrialStatus.Completed, TrialStatus.Stopped], view.Trials.Select(t => t.Status));
    }

    [Fact]
    public async Task Lease_WorkerIsNotHeard_TrialResumesElsewhereFromItsCheckpoint()
    {
        var lost = await FakeWorker.Join(_cluster, "lost");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        var stale = (await lost.Begin()).Attempt;
        await lost.Report(epoch: 1, loss: 2);
        Assert.Equal(ReportReply.Acknowledged, await lost.Save(epoch: 1));

        var spare = await FakeWorker.Join(_cluster, "spare");
        await _cluster.Until(id, v => v.Trials[0].Attempt == 2, spare);
        var assignment = await spare.Begin();

        Assert.Equal(1, Assert.Single(assignment.ResumeFrom).Epoch);
        Assert.Equal(ReportReply.Stale, await lost.Report(stale, sequence: 9, epoch: 2, loss: 1));
        Assert.Equal(ReportReply.Stale, await lost.Save(stale, epoch: 2));
        await spare.Report(epoch: 2, loss: 1);
        await spare.End();
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, spare);
    }

    [Fact]
    public async Task Restart_WorkersComeBack_TheAttemptGoesOn()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();
        await worker.Report(epoch: 1, loss: 2);

        await _cluster.Restart();
        await worker.Register();
        await _cluster.Until(id, _ => _cluster.Time.Now > new DateTimeOffset(2030, 1, 1, 0, 0, 30, TimeSpan.Zero), worker);

        Assert.Equal(ReportReply.Acknowledged, await worker.Report(epoch: 2, loss: 1));
        await worker.End();
        var view = await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
        Assert.Equal((1, 2), (view.Trials[0].Attempt, view.Trials[0].Epoch));
    }

    [Fact]
    public async Task Restart_WorkersAreGone_TheTrialIsTriedAgainAfterTheLease()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();

        await _cluster.Restart();
        var other = await FakeWorker.Join(_cluster, "w2");
        await _cluster.Until(id, v => v.Trials[0].Attempt == 2, other);

        Assert.Equal(2, (await other.Begin()).Attempt.Attempt);
    }

    [Fact]
    public async Task Stop_ThenResume_ContinuesTheSameTrial()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();

        Assert.True(await _cluster.Experiment(id).Stop("enough"));
        Assert.True((await worker.NextStop()).Save);
        await worker.Save(epoch: 1);
        await worker.End(AttemptOutcome.Stopped);
        Assert.Equal((ExperimentStatus.Stopped, TrialStatus.Waiting), ((await _cluster.View(id)).Status, (await _cluster.View(id)).Trials[0].Status));

        Assert.True(await _cluster.Experiment(id).Resume());
        var again = await worker.Begin();
        Assert.Equal((2, 1), (again.Attempt.Attempt, Assert.Single(again.ResumeFrom).Epoch));
    }

    [Fact]
    public async Task RankEnded_OneRankFailsAndTheOtherLosesIt_TheFailureIsTheCause()
    {
        var (first, second) = (await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"));
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Build());
        await first.Begin();
        await second.Begin();

        await first.End(AttemptOutcome.Interrupted, "lost rank 1");
        await second.End(AttemptOutcome.FailedForGood, "out of memory");

        var view = await _cluster.Until(id, v => v.Trials[0].Status == TrialStatus.Failed, first, second);
        Assert.Equal("out of memory", view.Trials[0].Reason);
    }

    [Fact]
    public async Task RankEnded_InterruptedWithoutACause_IsTriedAgainAfterTheGrace()
    {
        var (first, second) = (await FakeWorker.Join(_cluster, "w1"), await FakeWorker.Join(_cluster, "w2"));
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Build());
        await first.Begin();
        await second.Begin();
        await first.End(AttemptOutcome.Interrupted, "lost rank 1");
        var spare = await FakeWorker.Join(_cluster, "w3");

        await _cluster.Until(id, v => v.Trials[0].Attempt == 2, first, spare);

        Assert.Equal(2, (await first.Begin()).Attempt.Attempt);
        Assert.Equal(2, (await spare.Begin()).Attempt.Attempt);
    }

    [Fact]
    public async Task Confirm_WorkerRunsAStaleAttempt_IsStopped()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();
        await _cluster.Experiment(id).RankEnded(new RankEnd(worker.Running!, worker.Name, AttemptOutcome.FailedForGood, "bad", null));
        await _cluster.Restart();

        await worker.Register();

        Assert.Equal(worker.Running, (await worker.NextStop()).Attempt);
    }

    [Fact]
    public async Task Budget_WallTimeIsSpent_EndsWithTheBestSoFar()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(100).WallTime(TimeSpan.FromMinutes(1)).Build());
        await worker.Begin();
        await worker.Report(epoch: 1, loss: 2);

        var view = await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);

        Assert.Equal((1, TrialStatus.Cancelled), (view.BestTrial, view.Trials[0].Status));
        Assert.Equal(1, (await worker.NextStop()).Attempt.Trial);
    }

    [Fact]
    public async Task Priority_HigherOneWaits_TheLowerSavesAndGoesOnLater()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var low = await _cluster.Submit(new ExperimentSpecBuilder().Named("low").Trials(1).Build());
        await worker.Begin();
        await worker.Save(epoch: 1);
        var high = await _cluster.Submit(new ExperimentSpecBuilder().Named("high").Trials(1).Queue("default", priority: 5).Build());

        await _cluster.Until(low, v => v.Trials[0].Status == TrialStatus.Waiting, worker);
        Assert.True((await worker.NextStop()).Save);
        await worker.End(AttemptOutcome.Stopped);

        Assert.Equal("high-1", (await worker.Begin()).Attempt.Experiment);
        var waiting = await _cluster.Until(low, v => v.Waiting is { Position: 1 }, worker);
        Assert.Equal(("default", 1, "devices"), (waiting.Waiting!.Queue, waiting.Waiting.Position, waiting.Waiting.Cause));
        Assert.StartsWith("Position 1 of 1 in queue 'default' since", waiting.Trials[0].Reason);
        await worker.Report(epoch: 1, loss: 1);
        await worker.End();
        var again = await worker.Begin();
        Assert.Equal((low, 2, 1), (again.Attempt.Experiment, again.Attempt.Attempt, Assert.Single(again.ResumeFrom).Epoch));
        Assert.Equal(ExperimentStatus.Completed, (await _cluster.View(high)).Status);
    }

    [Fact]
    public async Task Heartbeat_WorkerIsLeaving_TakesNothingMore()
    {
        await FakeWorker.Join(_cluster, "w1");
        await _cluster.Grains.GetGrain<IWorkerGrain>("w1").Heartbeat(null, leaving: true, lostGeneration: 0);
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        var other = await FakeWorker.Join(_cluster, "w2");

        await other.Begin();

        Assert.Equal("w2", Assert.Single((await _cluster.View(id)).Trials[0].Workers));
    }

    [Fact]
    public async Task Shortage_NoWorkerCanCome_IsShownOnTheTrialAndEndsItWhenFinal()
    {
        const string Words = "Pool 'gpu' can't grow: 0/4 nodes are available: 4 Insufficient nvidia.com/gpu.";
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await _cluster.Pool.SetShortages([new Shortage("cpu", Words, IsFinal: false)]);
        var waiting = await _cluster.Until(id, v => v.Waiting?.Text.EndsWith(Words, StringComparison.Ordinal) == true);
        Assert.Equal((ExperimentStatus.Running, 1), (waiting.Status, (await _cluster.Pool.Fleet()).Wanted["cpu"]));
        await _cluster.Pool.SetShortages([new Shortage("cpu", Words, IsFinal: true)]);
        var ended = await _cluster.Until(id, v => v.Status == ExperimentStatus.Failed);

        Assert.EndsWith(Words, ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortage_SomethingRunsStill_EndsNothing()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(2).MaxParallel(2).Build());
        await worker.Begin();
        Assert.False(await _cluster.Pool.TryRetire("w1"));

        await _cluster.Pool.SetShortages([new Shortage("cpu", "none", IsFinal: true)]);
        var view = await _cluster.Until(id, v => v.Waiting?.Text.EndsWith("none", StringComparison.Ordinal) == true, worker);

        Assert.Equal((ExperimentStatus.Running, "devices"), (view.Status, view.Waiting!.Cause));
    }

    [Fact]
    public async Task Submit_GangBiggerThanThePoolEverWas_FailsWithTheReason()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).WorldSize(2).Build());

        var view = await _cluster.Until(id, v => v.Status == ExperimentStatus.Failed, worker);

        Assert.Contains("the pool has never had more than 1 cpu devices", view.Reason);
    }

    [Fact]
    public async Task OnFailure_ExcludeNode_GoesOnElsewhere()
    {
        var bad = await FakeWorker.Join(_cluster, "w1", host: "bad");
        var id = await _cluster.Submit(new ExperimentSpecBuilder().Trials(1).OnFailure(new FailureRule("ECC", FailureAction.ExcludeNode)).Build());
        await bad.Begin();
        await bad.End(AttemptOutcome.Failed, "uncorrectable ECC error");
        var good = await FakeWorker.Join(_cluster, "w2", host: "good");

        await _cluster.Until(id, v => v.Trials[0].Attempt == 2, bad, good);

        Assert.Equal(2, (await good.Begin()).Attempt.Attempt);
    }

    private async Task<int> EventCount(string id)
    {
        var count = 0;
        await foreach (var _ in _cluster.Journal.ReadAsync(new(id), 0, default)) count++;
        return count;
    }
}
