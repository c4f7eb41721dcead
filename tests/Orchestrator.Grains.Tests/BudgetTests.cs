using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.Grains.Tests.Telemetry;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests;

/// <summary>A team with a budget of two device minutes a day.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private const double Hours = 2.0 / 60;

    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start(pool => pool.Pool = Budget(Hours));
        // No test is to begin right before midnight.
        _cluster.Time.Advance(_cluster.Time.GetUtcNow().UtcDateTime.Date.AddDays(1).AddMinutes(1) - _cluster.Time.GetUtcNow().UtcDateTime);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Trial_BudgetIsSpent_SavesAndWaitsAndGoesOnTheNextDay()
    {
        using var scrape = new Scrape(_cluster.Meters);
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(Spec());
        await worker.Begin();

        var view = await _cluster.Until(id, v => v.Trials[0].Status == TrialStatus.Waiting && v.Waiting is not null, worker);

        Assert.Equal("budget", view.Waiting!.Cause);
        Assert.Contains("the queue has used 0.03 of 0.033 device hours; more at ", view.Waiting.Text);
        var (_, reason, save) = await worker.NextStop();
        Assert.Contains("Queue 'red' has used", reason);
        Assert.True(save);
        await worker.End(AttemptOutcome.Stopped);
        var used = await Used();
        Assert.InRange(used, Hours, Hours + 3.0 / 3600); // noticed within a second or two
        Assert.InRange(scrape["orchestrator.queue.budget.used red"], 115, used * 3600); // as of the last heartbeat
        Assert.Equal(120, scrape["orchestrator.queue.budget red"], 3);

        _cluster.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        await worker.Register();
        Assert.Equal(2, (await worker.Begin()).Attempt.Attempt);
    }

    [Fact]
    public async Task Restart_BudgetIsSpent_StaysSpentAndIsCountedOnce()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(Spec());
        await worker.Begin();
        await _cluster.Until(id, v => v.Trials[0].Status == TrialStatus.Waiting, worker);
        var used = await Used();

        await _cluster.Restart();
        await worker.Register();
        await _cluster.Until(id, v => v.Waiting is { Cause: "budget" }, worker);

        Assert.Equal(used, await Used());
    }

    [Fact]
    public async Task Restart_WithMoreBudget_GoesOn()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(Spec());
        await worker.Begin();
        await _cluster.Until(id, v => v.Trials[0].Status == TrialStatus.Waiting, worker);
        await worker.End(AttemptOutcome.Stopped);

        _cluster.PoolOptions.Pool = Budget(2 * Hours);
        await _cluster.Restart();
        await worker.Register();

        Assert.Equal(2, (await worker.Begin()).Attempt.Attempt);
        Assert.InRange(await Used(), Hours, 2 * Hours);
    }

    [Fact]
    public async Task Delete_ExperimentThatUsedSome_LeavesItUsed()
    {
        var worker = await FakeWorker.Join(_cluster, "w1");
        var id = await _cluster.Submit(Spec());
        await worker.Begin();
        for (var second = 0; second < 30; second++)
        {
            _cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await worker.Heartbeat();
        }
        await worker.End();
        await _cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
        var used = await Used();
        Assert.InRange(used, 29.0 / 3600, 40.0 / 3600);

        Assert.Equal(DeletionOutcome.Deleted, (await _cluster.Experiment(id).Delete("me", keepCheckpoints: false)).Outcome);
        await _cluster.Restart();

        Assert.Equal(used, await Used());
    }

    private static ExperimentSpec Spec() => new ExperimentSpecBuilder().Trials(1).Build() with { Queue = "red" };

    private static PoolSpec Budget(double hours) => new() { Queues = [new QueueSpec("red") { Budget = new QueueBudgetSpec(hours, BudgetPeriod.Day) }] };

    private async Task<double> Used() => Assert.Single(await _cluster.Pool.Queues().WaitAsync(TestCluster.Patience)).Budget!.UsedDeviceHours;
}
