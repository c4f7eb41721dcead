using System.Diagnostics;
using System.Threading.Channels;
using Grpc.Core;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Telemetry;

namespace Orchestrator.Coordinator.Gateway;

/// <summary>
/// One worker's stream. Messages of the worker are handled one after another, in order; an acknowledgement goes back when what it
/// acknowledges is durable. When the stream breaks, nothing is lost: the worker dials again and repeats what was not acknowledged.
/// </summary>
internal sealed partial class WorkerSession : IWorkerObserver, IAsyncDisposable
{
    private const int OutboxLimit = 1024;

    private readonly IGrainFactory _grains;
    private readonly CurveWriter _curves;
    private readonly PoolOptions _options;
    private readonly Register _register;
    private readonly IServerStreamWriter<CoordinatorMessage> _responses;
    private readonly ILogger _logger;
    private readonly IWorkerGrain _worker;
    private readonly IWorkerObserver _reference;
    private readonly Channel<CoordinatorMessage> _outbox = Channel.CreateBounded<CoordinatorMessage>(new BoundedChannelOptions(OutboxLimit) { SingleReader = true });

    public WorkerSession(IGrainFactory grains, CurveWriter curves, PoolOptions options, Register register, IServerStreamWriter<CoordinatorMessage> responses, ILogger logger)
    {
        _grains = grains;
        _curves = curves;
        _options = options;
        _register = register;
        _responses = responses;
        _logger = logger;
        _worker = grains.GetGrain<IWorkerGrain>(register.Worker);
        _reference = grains.CreateObjectReference<IWorkerObserver>(this);
    }

    /// <summary>Serves the stream to its end.</summary>
    public async Task Run(IAsyncStreamReader<WorkerMessage> requests, CancellationToken cancellationToken)
    {
        Activity.Current = null; // what a worker tells belongs to its attempt, not to a stream that is open for days
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Say(new CoordinatorMessage { Registered = new Registered { LeaseSeconds = _options.Lease.TotalSeconds, HeartbeatSeconds = _options.Heartbeat.TotalSeconds, TakesCurves = true } });
        var writing = WriteOutbox(broken.Token);
        try
        {
            await _worker.Register(Messages.Registration(_register), _reference);
            while (await requests.MoveNext(broken.Token)) await HandleTraced(requests.Current);
            await _worker.Leave();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or RpcException { StatusCode: StatusCode.Cancelled or StatusCode.Unavailable })
        {
            LogBroken(_register.Worker, exception.Message);
            await _worker.Disconnected(_reference);
        }
        finally
        {
            _outbox.Writer.TryComplete();
            await broken.CancelAsync();
            await writing;
        }
    }

    public Task Assign(Assignment assignment)
    {
        Say(new CoordinatorMessage { Assign = Messages.Assign(assignment) });
        return Task.CompletedTask;
    }

    public Task StopAttempt(AttemptKey attempt, string reason, bool save, bool isOver)
    {
        Say(new CoordinatorMessage { Stop = new Stop { Attempt = Messages.Attempt(attempt), Reason = reason, Save = save, Over = isOver } });
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _grains.DeleteObjectReference<IWorkerObserver>(_reference);
        return ValueTask.CompletedTask;
    }

    private async Task HandleTraced(WorkerMessage message)
    {
        using var span = message.TraceParent.Length > 0 ? Tracing.Continue(message.BodyCase.ToString(), ActivityKind.Server, message.TraceParent) : null;
        await Handle(message);
    }

    private Task Handle(WorkerMessage message) => message.BodyCase switch
    {
        WorkerMessage.BodyOneofCase.Heartbeat => _worker.Heartbeat(message.Heartbeat.Running is { } running ? Messages.Key(running) : null, message.Heartbeat.Leaving, message.Heartbeat.LostGeneration),
        WorkerMessage.BodyOneofCase.Progress => Experiment(message.Progress.Attempt).Progress(Messages.Progress(message.Progress)),
        WorkerMessage.BodyOneofCase.Report => Answer(message.Report.Attempt, message.Report.Sequence, e => e.Report(Messages.Report(message.Report, _register.Worker))),
        WorkerMessage.BodyOneofCase.CheckpointSaved => Answer(message.CheckpointSaved.Attempt, message.CheckpointSaved.Sequence, e => e.CheckpointSaved(Messages.Checkpoint(message.CheckpointSaved, _register.Worker))),
        WorkerMessage.BodyOneofCase.CheckpointRemoved => Answer(
            message.CheckpointRemoved.Attempt, message.CheckpointRemoved.Sequence, e => e.CheckpointRemoved(Messages.Key(message.CheckpointRemoved.Attempt), message.CheckpointRemoved.Location, _register.Worker)),
        WorkerMessage.BodyOneofCase.RankEnded => RankEnded(message.RankEnded),
        WorkerMessage.BodyOneofCase.Measured => Measured(message.Measured),
        _ => throw new RpcException(new Status(StatusCode.InvalidArgument, $"A worker does not send {message.BodyCase} here.")),
    };

    private async Task RankEnded(RankEnded ended)
    {
        await Experiment(ended.Attempt).RankEnded(Messages.End(ended, _register.Worker));
        await _worker.Ended(Messages.Key(ended.Attempt));
        Acknowledge(ended.Attempt, ended.Sequence, ReportReply.Acknowledged);
    }

    /// <summary>Does not wait until it is kept: what comes next may decide something.</summary>
    private Task Measured(Measured measured)
    {
        var points = Messages.Points(measured) ?? throw new RpcException(new Status(StatusCode.InvalidArgument, "A curve has a name, steps that are not negative, and as many values."));
        var acknowledgement = new CoordinatorMessage { Acknowledge = new Acknowledge { Attempt = measured.Attempt, Sequence = measured.Sequence } };
        _curves.Add(new CurveBatch(Messages.Key(measured.Attempt).ToId(), points, () => _outbox.Writer.TryWrite(acknowledgement)));
        return Task.CompletedTask;
    }

    private async Task Answer(Attempt attempt, long sequence, Func<IExperimentGrain, Task<ReportReply>> handle) => Acknowledge(attempt, sequence, await handle(Experiment(attempt)));

    private void Acknowledge(Attempt attempt, long sequence, ReportReply reply) =>
        Say(new CoordinatorMessage { Acknowledge = new Acknowledge { Attempt = attempt, Sequence = sequence, Stale = reply == ReportReply.Stale, Keep = reply == ReportReply.Kept } });

    private IExperimentGrain Experiment(Attempt attempt) => _grains.GetGrain<IExperimentGrain>(attempt.Experiment);

    /// <summary>A worker that does not read its stream loses it; it will dial again.</summary>
    private void Say(CoordinatorMessage message)
    {
        if (!_outbox.Writer.TryWrite(message)) throw new IOException($"Worker {_register.Worker} has {OutboxLimit} messages unread, or its stream has ended.");
    }

    private async Task WriteOutbox(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync(cancellationToken)) await _responses.WriteAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or RpcException or InvalidOperationException)
        {
            LogBroken(_register.Worker, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "The stream of worker {Worker} ended: {Reason}")]
    private partial void LogBroken(string worker, string reason);
}
