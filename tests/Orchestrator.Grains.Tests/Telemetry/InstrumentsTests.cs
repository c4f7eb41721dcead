using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Telemetry;
using Orchestrator.Grains.Tests.Support;
using Orchestrator.Placement;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Grains.Tests.Telemetry;

/// <summary>What a scrape of the coordinator shows of trials, queues and workers.</summary>
public sealed class InstrumentsTests
{
    [Fact]
    public async Task Trials_OfAnExperiment_AreCountedByStatusUntilItEnds()
    {
        await using var cluster = await TestCluster.Start();
        using var scrape = new Scrape(cluster.Meters);
        var worker = await FakeWorker.Join(cluster, "w1");
        var id = await cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();
        Assert.Equal((0, 1), (scrape["orchestrator.trials waiting"], scrape["orchestrator.trials running"]));

        await worker.End(AttemptOutcome.Failed, "a cosmic ray");
        Assert.Equal(1, scrape["orchestrator.trials waiting"] + scrape["orchestrator.trials running"]);

        await worker.Begin();
        await worker.Report(epoch: 1, loss: 1);
        await worker.End();
        await cluster.Until(id, v => v.Status == ExperimentStatus.Completed, worker);
        Assert.Equal((0, 0), (scrape["orchestrator.trials waiting"], scrape["orchestrator.trials running"]));
        Assert.Equal(1, scrape["orchestrator.workers"]);
    }

    [Fact]
    public async Task Trials_AfterARestart_AreCountedAgain()
    {
        await using var cluster = await TestCluster.Start();
        var worker = await FakeWorker.Join(cluster, "w1");
        await cluster.Submit(new ExperimentSpecBuilder().Trials(1).Build());
        await worker.Begin();

        await cluster.StopAsync();
        await cluster.StartSilo();
        using var scrape = new Scrape(cluster.Meters);
        await cluster.WakeAll();

        Assert.Equal(1, scrape["orchestrator.trials running"]);
    }

    [Fact]
    public void QueuesAndWorkers_OfSeveralPools_AreShownEach()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<OrchestratorInstruments>().BuildServiceProvider();
        using var scrape = new Scrape(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var instruments = services.GetRequiredService<OrchestratorInstruments>();

        instruments.QueuesAre([new QueueLoad("vision", 3, 6, 0.75, null), new QueueLoad("speech", 0, 2, 0.25, null)]);
        instruments.WorkersAre("default", 8);
        instruments.WorkersAre("gan-1", 2);

        Assert.Equal((3, 6, 0.75), (scrape["orchestrator.queue.waiting vision"], scrape["orchestrator.queue.devices vision"], scrape["orchestrator.queue.share vision"]));
        Assert.Equal((0, 2, 0.25), (scrape["orchestrator.queue.waiting speech"], scrape["orchestrator.queue.devices speech"], scrape["orchestrator.queue.share speech"]));
        Assert.Equal(10, scrape["orchestrator.workers"]);
        instruments.WorkersAre("gan-1", 0);
        Assert.Equal(8, scrape["orchestrator.workers"]);
    }
}
