using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Collectives;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Time;
using Orchestrator.Training.Trials;
using Orchestrator.Worker.Attempts;
using Orchestrator.Worker.Connection;
using Orchestrator.Worker.Telemetry;
using TrialProgress = Orchestrator.Training.Trials.TrialProgress;

namespace Orchestrator.Worker.Tests;

public sealed class AttemptRunTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Outbox _outbox = new();

    public void Dispose()
    {
        _outbox.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Run_ToItsEnd_TellsReportsAndCurvesBeforeTheEndByRankZeroAlone(int rank)
    {
        var ended = Run(rank, observer =>
        {
            observer.OnProgress(new TrialProgress(0, 5, 20, 0.5, 100));
            observer.OnProgress(new TrialProgress(0, 10, 20, 0.25, 100));
            observer.OnEpoch(new EpochReport(1, 10, new Dictionary<string, double> { ["validation_elbo"] = -100 }, TimeSpan.Zero, TimeSpan.Zero));
        });

        var messages = Sent();
        Assert.Equal((Outcome.Completed, messages.Count + 1L), (ended.Outcome, ended.Sequence));
        if (rank > 0)
        {
            Assert.Empty(messages);
            return;
        }
        Assert.Equal([1, 2], [messages[0].Report.Sequence, messages[1].Measured.Sequence]);
        Assert.Equal([("loss", "5 10", "0.5 0.25"), ("validation_elbo", "10", "-100")], messages[1].Measured.Series.Select(s => (s.Metric, string.Join(' ', s.Steps), string.Join(' ', s.Values))));
    }

    [Fact]
    public void Run_Fails_HasSentWhatItMeasured()
    {
        var ended = Run(0, observer =>
        {
            observer.OnProgress(new TrialProgress(0, 5, 20, double.NaN, 100));
            throw new InvalidOperationException("a cosmic ray");
        });

        Assert.Equal(Outcome.Failed, ended.Outcome);
        Assert.Equal([double.NaN], Assert.Single(Assert.Single(Sent()).Measured.Series).Values);
    }

    private RankEnded Run(int rank, Action<ITrialObserver> train)
    {
        var assign = new Assign
        {
            Attempt = new Attempt { Experiment = "e-1", Trial = 1, Number = 1 }, Rank = rank, Peers = { "http://a:1", "http://b:1" }, Generation = 1, Task = "vae", Parameters = "{}",
            DatasetKind = "mnist", DatasetPath = "/", Collective = "grpc", Metric = "validation_elbo", CheckpointFolder = "file:///c", Device = "cpu",
        };
        using var run = new AttemptRun(assign, new Alone(), _outbox, new WorkerInstruments(_services.GetRequiredService<IMeterFactory>()), new FakeTimeProvider(), NullLogger.Instance);
        using var log = new LogTail();
        return run.Run(new Runner(train), log);
    }

    private List<WorkerMessage> Sent()
    {
        var sent = new List<WorkerMessage>();
        while (_outbox.TakeNext() is { } message) sent.Add(message);
        return sent;
    }

    private sealed class Alone : IProcessGroupFactory
    {
        public Task<IProcessGroup> CreateAsync(ProcessGroupOptions options, CancellationToken cancellationToken = default) => Task.FromResult<IProcessGroup>(new SingleProcessGroup(options.GroupName));
    }

    private sealed class Runner(Action<ITrialObserver> train) : ITrialRunner
    {
        public TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort, IRegrouping? regrouping = null)
        {
            train(observer);
            return new TrialResult(TrialOutcome.Completed, 1, 10, null, 0, null);
        }
    }
}
