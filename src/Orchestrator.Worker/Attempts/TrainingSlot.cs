using Orchestrator.Collectives;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.Training.Trials;
using Orchestrator.Worker.Connection;
using Orchestrator.Worker.Hosting;
using Orchestrator.Worker.Telemetry;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// The worker's one slot: runs one attempt at a time on a thread of its own; an assignment that comes while one runs waits for its end.
/// Called by the connection; everything returns at once.
/// </summary>
public sealed class TrainingSlot(
    IProcessGroupFactory groups, ITrialRunner runner, Outbox outbox, LogTail log, AttemptLog attemptLog, WorkerInstruments instruments, WorkerOptions options, TimeProvider time, ILogger<AttemptRun> logger) : ICoordinatorListener, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _leaving = new();
    private AttemptRun? _running;
    private Assign? _waiting;
    private Attempt? _lastEnded;
    private Task _ended = Task.CompletedTask;
    private bool _isOver;

    /// <summary>Of a worker of one gang, how it ends: null where its trial is not over yet.</summary>
    public int? Result { get; private set; }

    /// <summary>Cancelled when the coordinator asks the worker to leave, or the trial of its gang is over.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <inheritdoc/>
    public bool IsLeaving => _leaving.IsCancellationRequested;

    /// <inheritdoc/>
    public Attempt? Running
    {
        get
        {
            lock (_lock) return _running?.Attempt;
        }
    }

    /// <inheritdoc/>
    public int LostGeneration
    {
        get
        {
            lock (_lock) return _running?.LostGeneration ?? 0;
        }
    }

    /// <inheritdoc/>
    public Progress? TakeProgress()
    {
        lock (_lock) return _running?.TakeProgress();
    }

    /// <inheritdoc/>
    public void OnAssign(Assign assign)
    {
        lock (_lock)
        {
            if (_leaving.IsCancellationRequested || assign.Attempt.Equals(_lastEnded)) return;
            if (assign.Attempt.Equals(_running?.Attempt)) _running!.Regroup(assign);
            else if (_running is null) Start(assign);
            else _waiting = assign;
        }
    }

    /// <inheritdoc/>
    public void OnStop(Stop stop)
    {
        lock (_lock)
        {
            if (stop.Attempt.Equals(_waiting?.Attempt)) _waiting = null;
            if (stop.Attempt.Equals(_running?.Attempt)) _running!.Stop(stop.Save, options.StopGrace);
            if (!stop.Over || options.Experiment is null) return;
            _isOver = true;
            if (_running is not null) return;
            Result = ExitCodes.Ok;
        }
        _leaving.Cancel();
    }

    /// <inheritdoc/>
    public void OnDrain(string reason) => _leaving.Cancel();

    /// <summary>Ends what runs, with a checkpoint, and takes nothing more. Completes when it has ended and said so.</summary>
    public Task Leave()
    {
        _leaving.Cancel();
        lock (_lock)
        {
            _waiting = null;
            _running?.Stop(save: true, options.StopGrace, $"Worker {options.Name} left in order.");
            return _ended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Dispose();
        _running?.Dispose();
    }

    /// <summary>A trial that lost a peer goes on when the peer is replaced; one whose rank failed does not go on here.</summary>
    private int? ResultOf(Outcome outcome) => outcome switch
    {
        _ when options.Experiment is null => null,
        Outcome.Failed or Outcome.FailedForGood => ExitCodes.Failed,
        Outcome.Completed or Outcome.Unhealthy => ExitCodes.Ok,
        _ => _isOver ? ExitCodes.Ok : null,
    };

    private void Start(Assign assign)
    {
        var run = _running = new AttemptRun(assign, groups, outbox, instruments, time, logger);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ended = ended.Task;
        new Thread(() => RunToEnd(assign, run, ended)) { IsBackground = true, Name = "training" }.Start();
    }

    private void RunToEnd(Assign assign, AttemptRun run, TaskCompletionSource ended)
    {
        RankEnded end;
        // Its log is whole, and with the coordinator's other files, before anybody is told of its end.
        using (var files = AttemptFiles.Open(assign, time, logger))
        using (attemptLog.Begin(assign, files.ExperimentFolder)) end = run.Run(runner, log, files.TrialFolder);
        lock (_lock)
        {
            _running = null;
            _lastEnded = run.Attempt;
            run.Dispose();
            Result = ResultOf(end.Outcome);
        }
        if (Result is not null) _leaving.Cancel(); // said before the end is, so that nothing more comes
        var acknowledged = outbox.Add(end.Attempt, end.Sequence, new WorkerMessage { RankEnded = end, TraceParent = run.TraceParent }, CancellationToken.None);
        _ = acknowledged.ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);
        lock (_lock)
        {
            if (_running is not null || _waiting is not { } next) return;
            _waiting = null;
            Start(next);
        }
    }
}
