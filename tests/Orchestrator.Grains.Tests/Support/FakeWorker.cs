using System.Collections.Immutable;
using System.Threading.Channels;
using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Tests.Support;

/// <summary>A worker that does what the test says.</summary>
internal sealed class FakeWorker : IWorkerObserver
{
    private readonly TestCluster _cluster;
    private readonly Channel<Assignment> _assignments = Channel.CreateUnbounded<Assignment>();
    private readonly Channel<(AttemptKey Attempt, string Reason, bool Save)> _stops = Channel.CreateUnbounded<(AttemptKey, string, bool)>();
    private IWorkerObserver? _reference;
    private long _sequence;

    public FakeWorker(TestCluster cluster, string name, string host = "host")
    {
        _cluster = cluster;
        Name = name;
        Host = host;
    }

    public string Name { get; }
    public string Host { get; }
    public AttemptKey? Running { get; private set; }
    public string Experiment { get; init; } = "";
    public string Gang { get; init; } = "";
    public long Memory { get; init; }
    private IWorkerGrain Grain => _cluster.Grains.GetGrain<IWorkerGrain>(Name);

    public static async Task<FakeWorker> Join(TestCluster cluster, string name, string host = "host")
    {
        var worker = new FakeWorker(cluster, name, host);
        await worker.Register();
        return worker;
    }

    /// <summary>One of a gang that runs the trials of one experiment alone.</summary>
    public static async Task<FakeWorker> Join(TestCluster cluster, string name, string experiment, string gang)
    {
        var worker = new FakeWorker(cluster, name) { Experiment = experiment, Gang = gang };
        await worker.Register();
        return worker;
    }

    /// <summary>Dials in, again after a restart.</summary>
    public async Task Register()
    {
        _reference = _cluster.Grains.CreateObjectReference<IWorkerObserver>(this);
        await Grain.Register(new WorkerRegistration(Name, Host, "cpu", 1, $"http://{Name}:1", "1", Running, Experiment: Experiment, Gang: Gang, Memory: Memory), _reference);
    }

    public Task Heartbeat() => Grain.Heartbeat(Running, leaving: false, LostGeneration);

    /// <summary>The generation of its process group that is broken; 0: none.</summary>
    public int LostGeneration { get; private set; }

    /// <summary>Its process group breaks, and it waits for the next generation.</summary>
    public Task LoseGroup(int generation)
    {
        LostGeneration = generation;
        return Heartbeat();
    }

    /// <summary>Waits to be told of the next generation, and joins it.</summary>
    public async Task<Assignment> Rejoin()
    {
        using var patience = new CancellationTokenSource(TestCluster.Patience);
        while (true)
        {
            var assignment = await _assignments.Reader.ReadAsync(patience.Token);
            if (assignment.Attempt != Running || assignment.Generation <= LostGeneration) continue;
            LostGeneration = 0;
            return assignment;
        }
    }

    /// <summary>Its process is killed: its stream breaks, and nothing more is heard of it.</summary>
    public Task Die() => Grain.Disconnected(_reference!);

    /// <summary>Waits for an assignment and begins to run it.</summary>
    public async Task<Assignment> Begin()
    {
        using var patience = new CancellationTokenSource(TestCluster.Patience);
        while (true)
        {
            var assignment = await _assignments.Reader.ReadAsync(patience.Token);
            if (assignment.Attempt == Running) continue;
            Running = assignment.Attempt;
            _sequence = 0;
            await Heartbeat();
            return assignment;
        }
    }

    /// <summary>Whether the last attempt that it was told to end was the last of its trial.</summary>
    public bool IsOver { get; private set; }

    public async Task<(AttemptKey Attempt, string Reason, bool Save)> NextStop()
    {
        using var patience = new CancellationTokenSource(TestCluster.Patience);
        return await _stops.Reader.ReadAsync(patience.Token);
    }

    public Task<ReportReply> Report(int epoch, double loss) => Report(Running!, ++_sequence, epoch, loss);

    public Task<ReportReply> Report(AttemptKey attempt, long sequence, int epoch, double loss) =>
        _cluster.Experiment(attempt.Experiment).Report(new TrialReport(attempt, sequence, epoch, epoch * 10, ImmutableDictionary<string, double>.Empty.Add("loss", loss), [], Name));

    public Task<ReportReply> Save(int epoch) => Save(Running!, epoch);

    public Task<ReportReply> Save(AttemptKey attempt, int epoch) =>
        _cluster.Experiment(attempt.Experiment).CheckpointSaved(new CheckpointReport(attempt, epoch, epoch * 10, $"file:///checkpoints/{attempt.Attempt}-{epoch}", "00", 1, null, Name));

    /// <summary>Asks to remove a checkpoint of the running attempt.</summary>
    public Task<ReportReply> Remove(int epoch) => _cluster.Experiment(Running!.Experiment).CheckpointRemoved(Running!, $"file:///checkpoints/{Running!.Attempt}-{epoch}", Name);

    public async Task End(AttemptOutcome outcome = AttemptOutcome.Completed, string? reason = null)
    {
        var attempt = Running!;
        Running = null;
        await _cluster.Experiment(attempt.Experiment).RankEnded(new RankEnd(attempt, Name, outcome, reason, null));
        await Grain.Ended(attempt);
    }

    public Task Assign(Assignment assignment)
    {
        _assignments.Writer.TryWrite(assignment);
        return Task.CompletedTask;
    }

    public Task StopAttempt(AttemptKey attempt, string reason, bool save, bool isOver)
    {
        IsOver = isOver;
        _stops.Writer.TryWrite((attempt, reason, save));
        return Task.CompletedTask;
    }
}
