using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Experiments;
using Orchestrator.Grains.Pools;
using Orchestrator.Grains.Telemetry;
using Orchestrator.TestKit.Budgets;
using Orchestrator.TestKit.Checkpoints;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Metrics;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Grains.Tests.Support;

/// <summary>A silo with the real grains over a journal that outlives it, and a clock that the test moves.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private IHost _host = null!;

    public FakeTimeProvider Time { get; } = new();
    public InMemoryExperimentJournal Journal { get; } = new();
    public InMemoryCheckpointCatalogue Catalogue { get; } = new();
    public InMemoryMetricStore Metrics { get; } = new();
    public InMemoryBudgetLedger Ledger { get; } = new();
    public FakeExperimentFiles Files { get; } = new();
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();
    public IMeterFactory Meters => _host.Services.GetRequiredService<IMeterFactory>();
    public IPoolGrain Pool => Grains.GetGrain<IPoolGrain>(IPoolGrain.Default);
    public PoolOptions PoolOptions { get; } = new();

    public static async Task<TestCluster> Start(Action<PoolOptions>? configure = null)
    {
        var cluster = new TestCluster();
        configure?.Invoke(cluster.PoolOptions);
        await cluster.StartSilo();
        return cluster;
    }

    /// <summary>The coordinator dies and starts again: nothing but the journal and the catalogue is left.</summary>
    public async Task Restart()
    {
        await StopAsync();
        await StartSilo();
        await WakeAll();
    }

    public async Task WakeAll()
    {
        foreach (var id in await Journal.ListAsync(default)) await Grains.GetGrain<IExperimentGrain>(id.Value).Wake();
    }

    public Task<string> Submit(ExperimentSpec spec) =>
        Grains.GetGrain<IExperimentDirectoryGrain>(IExperimentDirectoryGrain.Default).Submit(new Submission(JsonSerializer.Serialize(spec), "source")).WaitAsync(Patience);

    public IExperimentGrain Experiment(string id) => Grains.GetGrain<IExperimentGrain>(id);

    public async Task<ExperimentView> View(string id) => (await Experiment(id).View(0).WaitAsync(Patience))!;

    /// <summary>Moves the clock on, a second at a time with every worker heard, until the experiment is as asked.</summary>
    public async Task<ExperimentView> Until(string id, Func<ExperimentView, bool> condition, params FakeWorker[] alive)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!limit.IsCancellationRequested)
        {
            var view = await View(id);
            if (condition(view)) return view;
            Time.Advance(Tick);
            foreach (var worker in alive) await worker.Heartbeat();
        }
        throw new TimeoutException($"{id} did not get there: {await View(id)}");
    }

    public async Task<bool> IsReminded(string id)
    {
        var table = _host.Services.GetRequiredService<IReminderTable>();
        return (await table.ReadRows(Experiment(id).GetGrainId()).WaitAsync(Patience)).Reminders.Count > 0;
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    public async Task StopAsync()
    {
        await _host.StopAsync().WaitAsync(Patience);
        _host.Dispose();
    }

    public async Task StartSilo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IExperimentJournal>(Journal);
        builder.Services.AddSingleton<ICheckpointCatalogue>(Catalogue);
        builder.Services.AddSingleton<IMetricStore>(Metrics);
        builder.Services.AddSingleton<IBudgetLedger>(Ledger);
        builder.Services.AddSingleton<IExperimentFiles>(Files);
        builder.Services.AddSingleton<OrchestratorInstruments>();
        builder.Services.Configure<ExperimentGrainOptions>(options => options.Folder = "file:///experiments");
        builder.Services.Configure<PoolOptions>(options => options.Pool = PoolOptions.Pool);
        builder.UseOrleans(silo => silo.UseLocalhostClustering().UseInMemoryReminderService());
        _host = builder.Build();
        await _host.StartAsync();
    }
}
