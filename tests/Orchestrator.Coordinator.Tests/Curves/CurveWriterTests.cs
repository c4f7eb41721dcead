using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Telemetry;
using Orchestrator.TestKit.Metrics;

namespace Orchestrator.Coordinator.Tests.Curves;

public sealed class CurveWriterTests : IAsyncDisposable
{
    private static readonly AttemptId Attempt = new(new TrialId(new ExperimentId("e-1"), 1), 1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<OrchestratorInstruments>().BuildServiceProvider();
    private readonly NoWaiting _time = new();
    private readonly FlakyStore _store = new();
    private readonly CurveWriter _writer;

    public CurveWriterTests() => _writer = new CurveWriter(_store, _services.GetRequiredService<OrchestratorInstruments>(), _time, NullLogger<CurveWriter>.Instance);

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Add_StoreWorks_IsDoneWhenKept()
    {
        await _writer.StartAsync(default);

        await Add(step: 1);

        Assert.Single(await _store.Inner.ReadAsync(Attempt.Trial, "loss", default));
    }

    [Fact]
    public async Task StopAsync_BatchesWait_WritesThemFirst()
    {
        var done = Enumerable.Range(1, 200).Select(Add).ToList(); // before it runs
        await _writer.StartAsync(default);
        await _writer.StopAsync(default).WaitAsync(RunningCoordinator.Patience);

        await Task.WhenAll(done);
        Assert.Equal(200, (await _store.Inner.ReadAsync(Attempt.Trial, "loss", default)).Count);
    }

    [Fact]
    public async Task Add_StoreIsAwayForAMoment_IsTriedAgainAndKept()
    {
        _store.Failures.Enqueue(new JournalUnavailableException("away"));
        _store.Failures.Enqueue(new JournalUnavailableException("still away"));
        await _writer.StartAsync(default);

        await Add(step: 1);

        Assert.Equal(1, (await _store.Inner.ReadAsync(Attempt.Trial, "loss", default)).Single().Step);
        Assert.Equal(CurveWriter.Pauses.Take(2), _time.Waits);
    }

    [Fact]
    public async Task Add_StoreIsGone_IsDroppedAndCountedAndTheNextIsKept()
    {
        for (var i = 0; i <= CurveWriter.Pauses.Count; i++) _store.Failures.Enqueue(new JournalUnavailableException("gone"));
        using var dropped = new DroppedPoints(_services);
        await _writer.StartAsync(default);

        await Add(step: 1);
        await Add(step: 2);

        Assert.Equal([2], (await _store.Inner.ReadAsync(Attempt.Trial, "loss", default)).Select(p => p.Step));
        Assert.Equal(1, dropped.Count);
        Assert.Equal(CurveWriter.Pauses, _time.Waits);
    }

    [Fact]
    public async Task Add_StoreThrowsWhatNobodyExpects_IsDroppedAndTheNextIsKept()
    {
        _store.Failures.Enqueue(new InvalidOperationException("a fault of the store"));
        await _writer.StartAsync(default);

        await Add(step: 1);
        await Add(step: 2);

        Assert.Equal([2], (await _store.Inner.ReadAsync(Attempt.Trial, "loss", default)).Select(p => p.Step));
    }

    [Fact]
    public async Task Add_NoRoom_IsDoneAtOnceAndCounted()
    {
        using var dropped = new DroppedPoints(_services);
        for (var i = 0; i < CurveWriter.Capacity; i++) Assert.False(Add(i).IsCompleted);

        await Add(CurveWriter.Capacity);
        Assert.Equal(1, dropped.Count);
    }

    private Task Add(int step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writer.Add(new CurveBatch(Attempt, [new MetricPoint("loss", step, step)], done.SetResult));
        return done.Task.WaitAsync(RunningCoordinator.Patience);
    }

    /// <summary>Every timer is due at once; notes how long it should have waited.</summary>
    private sealed class NoWaiting : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>Fails as often as it is told to, then works.</summary>
    private sealed class FlakyStore : IMetricStore
    {
        public InMemoryMetricStore Inner { get; } = new();

        public ConcurrentQueue<Exception> Failures { get; } = new();

        public Task AppendAsync(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken) =>
            Failures.TryDequeue(out var failure) ? Task.FromException(failure) : Inner.AppendAsync(attempt, points, cancellationToken);

        public Task<IReadOnlyList<CurvePoint>> ReadAsync(TrialId trial, string metric, CancellationToken cancellationToken) => Inner.ReadAsync(trial, metric, cancellationToken);

        public Task<IReadOnlyList<string>> ListAsync(TrialId trial, CancellationToken cancellationToken) => Inner.ListAsync(trial, cancellationToken);

        public Task RemoveAsync(ExperimentId experiment, CancellationToken cancellationToken) => Inner.RemoveAsync(experiment, cancellationToken);
    }

    private sealed class DroppedPoints : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public DroppedPoints(IServiceProvider services)
        {
            var meters = services.GetRequiredService<IMeterFactory>();
            services.GetRequiredService<OrchestratorInstruments>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "orchestrator.curve.points" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, points, tags, _) =>
            {
                if (tags[0].Value is "false") _count = points;
            });
            _listener.Start();
        }

        public long Count
        {
            get
            {
                _listener.RecordObservableInstruments();
                return _count;
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
