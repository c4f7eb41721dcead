using System.Diagnostics.Metrics;
using Orchestrator.Protocol;
using Orchestrator.Training.Trials;

namespace Orchestrator.Worker.Telemetry;

/// <summary>A worker's metrics. Methods name what happened; labels are bounded and never hold ids.</summary>
public sealed class WorkerInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Orchestrator.Worker";

    private readonly Counter<long> _attemptsEnded;
    private readonly Counter<long> _epochs;
    private readonly Counter<long> _findings;
    private readonly Histogram<double> _epochDuration;
    private readonly Histogram<double> _regroupDuration;
    private readonly Counter<double> _stepsDuration;
    private readonly Counter<double> _loaderWait;
    private readonly Counter<long> _checkpointBytes;
    private double _samplesPerSecond;
    private int _busy;
    private long _checkpointsSkipped;

    /// <summary>Makes the instruments.</summary>
    public WorkerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _attemptsEnded = meter.CreateCounter<long>("orchestrator.worker.attempts.ended", description: "Attempts whose part here ended, by outcome.");
        _epochs = meter.CreateCounter<long>("orchestrator.worker.epochs", description: "Epochs trained.");
        _findings = meter.CreateCounter<long>("orchestrator.worker.health.findings", description: "Problems found while training.");
        _epochDuration = meter.CreateHistogram<double>("orchestrator.worker.epoch.duration", "s", "Time to train and evaluate an epoch.");
        _regroupDuration = meter.CreateHistogram<double>("orchestrator.worker.regroup.duration", "s", "Time from the break of a process group until its ranks go on in the next one.");
        _stepsDuration = meter.CreateCounter<double>("orchestrator.worker.steps.time", "s", "Time spent in training steps.");
        _loaderWait = meter.CreateCounter<double>("orchestrator.worker.loader.wait", "s", "The part of the time spent in training steps that they waited for data.");
        _checkpointBytes = meter.CreateCounter<long>("orchestrator.worker.checkpoints.size", "By", "Bytes of checkpoints made durable.");
        meter.CreateObservableCounter("orchestrator.worker.checkpoints.skipped", () => Interlocked.Read(ref _checkpointsSkipped), description: "Checkpoints that were due and not taken."); // 0 before the first, or an alert would miss it
        meter.CreateObservableGauge("orchestrator.worker.busy", () => Volatile.Read(ref _busy), description: "Whether an attempt runs here: 1 while one does.");
        meter.CreateObservableGauge("orchestrator.worker.samples.rate", () => Volatile.Read(ref _samplesPerSecond), description: "Samples trained in a second, over all ranks of the attempt.");
    }

    /// <summary>An attempt begins here.</summary>
    public void AttemptStarted() => Volatile.Write(ref _busy, 1);

    /// <summary>An attempt ended here.</summary>
    public void AttemptEnded(Outcome outcome)
    {
        Volatile.Write(ref _busy, 0);
        Volatile.Write(ref _samplesPerSecond, 0);
        _attemptsEnded.Add(1, new KeyValuePair<string, object?>("outcome", Label(outcome)));
    }

    /// <summary>The rank goes on in a new process group.</summary>
    public void Regrouped(TimeSpan duration) => _regroupDuration.Record(duration.TotalSeconds);

    /// <summary>A trial is this far.</summary>
    public void Progressed(double samplesPerSecond) => Volatile.Write(ref _samplesPerSecond, samplesPerSecond);

    /// <summary>An epoch is trained and evaluated.</summary>
    public void EpochEnded(EpochReport report)
    {
        _epochs.Add(1);
        if (report.Findings.Count > 0) _findings.Add(report.Findings.Count);
        _stepsDuration.Add(report.TrainingTime.TotalSeconds);
        _loaderWait.Add(report.LoadingTime.TotalSeconds);
        _epochDuration.Record((report.TrainingTime + report.EvaluationTime).TotalSeconds);
    }

    /// <summary>A checkpoint is durable.</summary>
    public void CheckpointSaved(long bytes) => _checkpointBytes.Add(bytes);

    /// <summary>A checkpoint was not taken.</summary>
    public void CheckpointSkipped() => Interlocked.Increment(ref _checkpointsSkipped);

    private static string Label(Outcome outcome) => outcome switch
    {
        Outcome.Completed => "completed",
        Outcome.Stopped => "stopped",
        Outcome.Interrupted => "interrupted",
        Outcome.Unhealthy => "unhealthy",
        _ => "failed",
    };
}
