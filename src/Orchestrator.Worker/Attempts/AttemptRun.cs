using System.Diagnostics;
using System.Globalization;
using Orchestrator.Checkpoints;
using Orchestrator.Collectives;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Telemetry;
using Orchestrator.Training;
using Orchestrator.Training.Trials;
using Orchestrator.Worker.Connection;
using Orchestrator.Worker.Telemetry;
using TrialProgress = Orchestrator.Training.Trials.TrialProgress;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// This rank's part of one attempt: runs it on a thread of its own, tells the coordinator of it through the outbox, and ends it when told to.
/// </summary>
public sealed partial class AttemptRun : ITrialObserver, ICheckpointRegistrar, IRegrouping, IDisposable
{
    private const string LossCurve = "loss"; // of single steps; the mean of an epoch is the task's own metric

    private readonly Assign _assign;
    private readonly Generations _generations;
    private readonly Outbox _outbox;
    private readonly WorkerInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _abort = new();
    private readonly SpeedMeter _speed;
    private readonly CurveReporter _curves;
    private readonly AttemptId _id;
    private volatile StopRequest _stop = StopRequest.None;
    private volatile string _stopReason = "";
    private TrialStarted? _started;
    private Progress? _progress;
    private ITimer? _patience;
    private long _sequence;
    private volatile int _rank;
    private long _lostAt;
    private string? _artifactFolder;

    /// <summary>Prepares a run; <see cref="Run"/> does it.</summary>
    public AttemptRun(Assign assign, IProcessGroupFactory groups, Outbox outbox, WorkerInstruments instruments, TimeProvider time, ILogger logger)
    {
        _assign = assign;
        _rank = assign.Rank;
        _generations = new Generations(assign, groups, time);
        _id = Assignments.Id(assign.Attempt);
        _outbox = outbox;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _speed = new SpeedMeter(time);
        _curves = new CurveReporter(assign.Attempt, outbox, NextSequence, time, _abort.Token);
    }

    /// <summary>What runs.</summary>
    public Attempt Attempt => _assign.Attempt;

    /// <summary>The generation of its process group that is broken, while it waits for the next one; 0: none.</summary>
    public int LostGeneration => _generations.Lost;

    /// <summary>The W3C trace context of the run; empty: it is not traced.</summary>
    public string TraceParent { get; private set; } = "";

    /// <inheritdoc/>
    public StopRequest StopRequest => _stop;

    /// <summary>The newest progress that has not been taken yet.</summary>
    public Progress? TakeProgress() => Interlocked.Exchange(ref _progress, null);

    /// <summary>Asks the ranks to end at the next step; breaks this one off where that takes longer than <paramref name="grace"/>. The reason is told to the coordinator, where it is this worker's own.</summary>
    public void Stop(bool save, TimeSpan grace, string reason = "")
    {
        if (_stop != StopRequest.None) return;
        _stopReason = reason;
        _stop = save ? StopRequest.SaveAndStop : StopRequest.Stop;
        _patience = _time.CreateTimer(_ => Abort(), null, grace, Timeout.InfiniteTimeSpan);
        if (_assign.Elastic) _generations.Stop();
    }

    /// <summary>The ranks that are left go on in a newer generation of the process group.</summary>
    public void Regroup(Assign assign) => _generations.Offer(assign);

    /// <summary>Breaks the run off at once.</summary>
    public void Abort()
    {
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself in the meantime.
        }
    }

    /// <summary>Trains to an end, on the calling thread.</summary>
    /// <param name="runner">Trains.</param>
    /// <param name="log">What was logged lately, told where it fails.</param>
    /// <param name="artifactFolder">The path of the folder for what shows how the trial goes; null: that of its checkpoints.</param>
    /// <returns>How it ended, not yet sent.</returns>
    public RankEnded Run(ITrialRunner runner, LogTail log, string? artifactFolder = null)
    {
        using var span = Tracing.Continue("attempt", ActivityKind.Consumer, _assign.TraceParent)?.SetTag("orchestrator.attempt", $"{_id}").SetTag("orchestrator.rank", _assign.Rank);
        TraceParent = span?.Id ?? "";
        _instruments.AttemptStarted();
        var ended = Train(runner, log, artifactFolder);
        span?.SetTag("orchestrator.outcome", $"{ended.Outcome}").SetStatus(ended.Outcome is Outcome.Failed or Outcome.FailedForGood ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        _instruments.AttemptEnded(ended.Outcome);
        return ended;
    }

    /// <inheritdoc/>
    public void OnStarted(TrialStarted started) => _started = started;

    /// <inheritdoc/>
    public RegroupedRank Next(CollectiveException lost, CancellationToken abort)
    {
        LogLost(_id, lost.Message);
        _lostAt = _time.GetTimestamp();
        if (_stop != StopRequest.None) throw lost;
        using var span = Tracing.Continue("regroup", ActivityKind.Internal, TraceParent);
        var group = _generations.Next(lost, abort);
        span?.SetTag("orchestrator.generation", _generations.Current.Generation).SetTag("orchestrator.rank", group.Rank);
        return new RegroupedRank(group, Assignments.Trial(_generations.Current, _artifactFolder));
    }

    /// <inheritdoc/>
    public void OnRegrouped(TrialRegrouped regrouped)
    {
        _instruments.Regrouped(_time.GetElapsedTime(_lostAt));
        LogRegrouped(_id, _generations.Current.Generation, regrouped.Rank, regrouped.WorldSize, regrouped.Step);
        var isFirst = regrouped.Rank == 0 && _rank != 0;
        _rank = regrouped.Rank;
        if (!isFirst) return;
        foreach (var epoch in regrouped.Epochs.Where(e => e.Epoch > _generations.Current.ReportedEpoch)) Report(epoch);
    }

    /// <inheritdoc/>
    public void OnProgress(TrialProgress progress)
    {
        _instruments.Progressed(progress.SamplesPerSecond);
        if (_rank != 0) return;
        _curves.Add(new MetricPoint(LossCurve, progress.Step, progress.Loss));
        Volatile.Write(ref _progress, new Progress
        {
            Attempt = Attempt,
            Epoch = progress.Epoch,
            Epochs = _started?.Epochs ?? 0,
            Step = progress.Step,
            Steps = progress.Steps,
            Loss = progress.Loss,
            SamplesPerSecond = progress.SamplesPerSecond,
            EtaSeconds = _speed.SecondsLeft(progress.Step, progress.Steps),
        });
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report)
    {
        _instruments.EpochEnded(report);
        if (_rank == 0) Report(report);
    }

    /// <inheritdoc/>
    public void OnCheckpointSaved(CheckpointRecord record)
    {
        _instruments.CheckpointSaved(record.Bytes);
        LogSaved(_id, record.Epoch, record.Location);
    }

    /// <inheritdoc/>
    public void OnCheckpointSkipped(int epoch, string reason)
    {
        _instruments.CheckpointSkipped();
        LogSkipped(_id, epoch, reason);
    }

    /// <inheritdoc/>
    public void OnCheckpointRefused(CheckpointRecord record, CheckpointException reason) => LogRefused(reason, _id, record.Location);

    /// <inheritdoc/>
    public async Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken)
    {
        var message = new CheckpointSaved
        {
            Attempt = Attempt,
            Sequence = NextSequence(),
            Epoch = record.Epoch,
            Step = record.Step,
            Location = record.Location,
            ManifestSha256 = record.ManifestSha256,
            Bytes = record.Bytes,
        };
        if (record.Metric is { } metric) message.Metric = metric;
        return await _outbox.Add(Attempt, message.Sequence, new WorkerMessage { CheckpointSaved = message, TraceParent = TraceParent }, cancellationToken).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken)
    {
        var message = new CheckpointRemoved { Attempt = Attempt, Sequence = NextSequence(), Location = location };
        return await _outbox.Add(Attempt, message.Sequence, new WorkerMessage { CheckpointRemoved = message, TraceParent = TraceParent }, cancellationToken).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _patience?.Dispose();
        _generations.Dispose();
        _abort.Dispose();
    }

    private RankEnded Train(ITrialRunner runner, LogTail log, string? artifactFolder)
    {
        try
        {
            LogStarting(_id, _assign.Rank, _assign.Peers.Count);
            _artifactFolder = artifactFolder;
            var group = _generations.Join(_abort.Token);
            _rank = _generations.Current.Rank;
            var result = runner.Run(Assignments.Trial(_generations.Current, artifactFolder), group, this, this, _abort.Token, _assign.Elastic ? this : null);
            return Ended(result.Outcome == TrialOutcome.Completed ? Outcome.Completed : Outcome.Stopped, _stopReason);
        }
        catch (Exception exception)
        {
            var (outcome, reason) = Failures.Classify(exception, stopped: _stop != StopRequest.None || _abort.IsCancellationRequested);
            LogEnded(exception, _id, _rank, outcome);
            var ended = Ended(outcome, outcome == Outcome.Stopped && _stopReason.Length > 0 ? _stopReason : reason);
            if (outcome is Outcome.Failed or Outcome.FailedForGood) ended.LogTail = log.Text();
            if (exception is TrainingException { ExitCode: { } exitCode }) ended.ExitCode = exitCode;
            return ended;
        }
        finally
        {
            _generations.Leave();
        }
    }

    private void Report(EpochReport report)
    {
        var metrics = Text(report.Metrics);
        LogEpoch(_id, report.Epoch, report.Step, metrics);
        var message = new Report { Attempt = Attempt, Sequence = NextSequence(), Epoch = report.Epoch, Step = report.Step };
        foreach (var (name, value) in report.Metrics) message.Metrics.Add(name, value);
        message.Findings.AddRange(report.Findings);
        foreach (var finding in report.Findings) LogFinding(_id, finding);
        _ = AbortIfStale(_outbox.Add(Attempt, message.Sequence, new WorkerMessage { Report = message, TraceParent = TraceParent }, _abort.Token));
        foreach (var (name, value) in report.Metrics) _curves.Add(new MetricPoint(name, report.Step, value));
    }

    private RankEnded Ended(Outcome outcome, string reason)
    {
        _curves.End();
        return new() { Attempt = Attempt, Sequence = NextSequence(), Rank = _rank, Outcome = outcome, Reason = reason };
    }

    private static string Text(IEnumerable<KeyValuePair<string, double>> metrics) =>
        string.Join(", ", metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:G6}")));

    private long NextSequence() => Interlocked.Increment(ref _sequence);

    private async Task AbortIfStale(Task<bool> acknowledged)
    {
        if (await acknowledged) return;
        LogStale(_id);
        Abort();
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "{Attempt}: rank {Rank} of {WorldSize} starts")]
    private partial void LogStarting(AttemptId attempt, int rank, int worldSize);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "{Attempt}: rank {Rank} ended: {Outcome}")]
    private partial void LogEnded(Exception exception, AttemptId attempt, int rank, Outcome outcome);

    [LoggerMessage(EventId = 2108, Level = LogLevel.Information, Message = "{Attempt}: epoch {Epoch}, step {Step}: {Metrics}")]
    private partial void LogEpoch(AttemptId attempt, int epoch, long step, string metrics);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Information, Message = "{Attempt}: checkpoint of epoch {Epoch} is durable at {Location}")]
    private partial void LogSaved(AttemptId attempt, int epoch, string location);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "{Attempt}: no checkpoint of epoch {Epoch}: {Reason}")]
    private partial void LogSkipped(AttemptId attempt, int epoch, string reason);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Warning, Message = "{Attempt}: can't resume from {Location}; trying the checkpoint before it")]
    private partial void LogRefused(Exception exception, AttemptId attempt, string location);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Warning, Message = "{Attempt}: training is not sound: {Finding}")]
    private partial void LogFinding(AttemptId attempt, string finding);

    [LoggerMessage(EventId = 2109, Level = LogLevel.Warning, Message = "{Attempt}: the process group is broken; waiting for the next generation: {Reason}")]
    private partial void LogLost(AttemptId attempt, string reason);

    [LoggerMessage(EventId = 2110, Level = LogLevel.Warning, Message = "{Attempt}: goes on from memory in generation {Generation} as rank {Rank} of {WorldSize}, after step {Step}")]
    private partial void LogRegrouped(AttemptId attempt, int generation, int rank, int worldSize, long step);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning, Message = "{Attempt}: the coordinator says it is stale; it ends")]
    private partial void LogStale(AttemptId attempt);
}
