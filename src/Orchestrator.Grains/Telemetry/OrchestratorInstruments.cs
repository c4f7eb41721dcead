using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orchestrator.Domain.Experiments;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Telemetry;

/// <summary>The coordinator's metrics. Methods name what happened; labels are bounded and never hold ids.</summary>
public sealed class OrchestratorInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Orchestrator";

    private const double SecondsOfHour = 3600;

    private readonly Counter<long> _experimentsStarted;
    private readonly Counter<long> _experimentsEnded;
    private readonly Counter<long> _trialsProposed;
    private readonly Counter<long> _trialsEnded;
    private readonly Counter<long> _attemptsStarted;
    private readonly Counter<long> _attemptsRegrouped;
    private readonly Counter<long> _attemptsEnded;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _checkpointBytes;
    private readonly Counter<long> _journalEvents;
    private readonly Histogram<double> _journalAppend;
    private readonly UpDownCounter<long> _trials;
    private readonly ConcurrentDictionary<string, int> _workers = new(StringComparer.Ordinal);
    private IReadOnlyList<QueueLoad> _queues = [];
    private long _workersLost;
    private long _curvePointsKept;
    private long _curvePointsDropped;

    /// <summary>Makes the instruments.</summary>
    public OrchestratorInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _experimentsStarted = meter.CreateCounter<long>("orchestrator.experiments.started", description: "Experiments submitted.");
        _experimentsEnded = meter.CreateCounter<long>("orchestrator.experiments.ended", description: "Experiments that reached a terminal state, by status.");
        _trialsProposed = meter.CreateCounter<long>("orchestrator.trials.proposed", description: "Trials proposed.");
        _trialsEnded = meter.CreateCounter<long>("orchestrator.trials.ended", description: "Trials that reached a terminal state, by status.");
        _attemptsStarted = meter.CreateCounter<long>("orchestrator.attempts.started", description: "Attempts placed on workers.");
        _attemptsRegrouped = meter.CreateCounter<long>("orchestrator.attempts.regrouped", description: "Times that the ranks that were left of an attempt went on in a new process group.");
        _attemptsEnded = meter.CreateCounter<long>("orchestrator.attempts.ended", description: "Attempts that ended, by outcome.");
        _reports = meter.CreateCounter<long>("orchestrator.reports", description: "Reports received, by verdict.");
        _checkpoints = meter.CreateCounter<long>("orchestrator.checkpoints", description: "Checkpoints offered, by whether they were registered.");
        _checkpointBytes = meter.CreateCounter<long>("orchestrator.checkpoints.size", "By", "Bytes of registered checkpoints.");
        meter.CreateObservableCounter("orchestrator.workers.lost", () => Interlocked.Read(ref _workersLost), description: "Workers whose lease ran out."); // 0 before the first, or an alert would miss it
        _journalEvents = meter.CreateCounter<long>("orchestrator.journal.events", description: "Events appended to journals.");
        _journalAppend = meter.CreateHistogram<double>("orchestrator.journal.append.duration", "s", "Time to append to a journal, durably.");
        meter.CreateObservableCounter("orchestrator.curve.points", CurvePoints, description: "Points of trials' curves, by whether the metric store kept them."); // 0 before the first, likewise
        _trials = meter.CreateUpDownCounter<long>("orchestrator.trials", description: "Trials that are not over, by status: waiting, running or paused.");
        meter.CreateObservableGauge("orchestrator.workers", () => _workers.Values.Sum(), description: "Workers that are alive.");
        meter.CreateObservableGauge("orchestrator.queue.waiting", () => Queues(q => q.Waiting), description: "Experiments that wait for devices, by queue.");
        meter.CreateObservableGauge("orchestrator.queue.devices", () => Queues(q => q.Devices), description: "Devices that trials take, by queue.");
        meter.CreateObservableGauge("orchestrator.queue.share", () => Queues(q => q.DominantShare), description: "The largest part that a queue has of any kind of device, by queue.");
        meter.CreateObservableGauge("orchestrator.queue.budget", () => Budgets(b => b.Budget.DeviceHours * SecondsOfHour), "s", "Device time that a queue may use in a period, by queue; only those with a budget.");
        meter.CreateObservableGauge("orchestrator.queue.budget.used", () => Budgets(b => b.Used.TotalSeconds), "s", "Device time that a queue has used in the present period, by queue; only those with a budget.");
    }

    /// <summary>Something happened to an experiment.</summary>
    public void Happened(ExperimentEvent value)
    {
        switch (value)
        {
            case ExperimentSubmitted: _experimentsStarted.Add(1); break;
            case ExperimentEnded e: _experimentsEnded.Add(1, new KeyValuePair<string, object?>("status", Label(e.Status))); break;
            case TrialProposed: _trialsProposed.Add(1); break;
            case TrialEnded e: _trialsEnded.Add(1, new KeyValuePair<string, object?>("status", Label(e.Status))); break;
            case AttemptStarted: _attemptsStarted.Add(1); break;
            case AttemptRegrouped: _attemptsRegrouped.Add(1); break;
            case AttemptEnded e: _attemptsEnded.Add(1, new KeyValuePair<string, object?>("outcome", Label(e.Outcome))); break;
            default: break;
        }
    }

    /// <summary>A report was received.</summary>
    public void Reported(ReportVerdict verdict) => _reports.Add(1, new KeyValuePair<string, object?>("verdict", Label(verdict)));

    /// <summary>A checkpoint was offered.</summary>
    public void CheckpointRegistered(bool registered, long bytes)
    {
        _checkpoints.Add(1, new KeyValuePair<string, object?>("registered", registered ? "true" : "false"));
        if (registered) _checkpointBytes.Add(bytes);
    }

    /// <summary>Events were appended durably.</summary>
    public void JournalAppended(int events, TimeSpan duration)
    {
        _journalEvents.Add(events);
        _journalAppend.Record(duration.TotalSeconds);
    }

    /// <summary>Points of curves are durable.</summary>
    public void CurvePointsKept(int points) => Interlocked.Add(ref _curvePointsKept, points);

    /// <summary>Points of curves are lost: the metric store could not take them.</summary>
    public void CurvePointsDropped(int points) => Interlocked.Add(ref _curvePointsDropped, points);

    /// <summary>A worker's lease ran out.</summary>
    public void WorkerLost() => Interlocked.Increment(ref _workersLost);

    /// <summary>How many workers of a pool are alive.</summary>
    public void WorkersAre(string pool, int count)
    {
        if (count > 0) _workers[pool] = count;
        else _workers.TryRemove(pool, out _);
    }

    /// <summary>What the queues have.</summary>
    public void QueuesAre(IReadOnlyList<QueueLoad> queues) => Volatile.Write(ref _queues, queues);

    /// <summary>An experiment has other trials than before.</summary>
    public void TrialsAre(LiveTrials before, LiveTrials now)
    {
        Add("waiting", now.Waiting - before.Waiting);
        Add("running", now.Running - before.Running);
        Add("paused", now.Paused - before.Paused);

        void Add(string status, int more)
        {
            if (more != 0) _trials.Add(more, new KeyValuePair<string, object?>("status", status));
        }
    }

    private IEnumerable<Measurement<long>> CurvePoints() =>
    [
        new(Interlocked.Read(ref _curvePointsKept), new KeyValuePair<string, object?>("kept", "true")),
        new(Interlocked.Read(ref _curvePointsDropped), new KeyValuePair<string, object?>("kept", "false")),
    ];

    private IEnumerable<Measurement<double>> Queues(Func<QueueLoad, double> value) =>
        Volatile.Read(ref _queues).Select(queue => new Measurement<double>(value(queue), new KeyValuePair<string, object?>("queue", queue.Queue)));

    private IEnumerable<Measurement<double>> Budgets(Func<BudgetUse, double> value) => Volatile.Read(ref _queues)
        .Where(queue => queue.Budget is not null)
        .Select(queue => new Measurement<double>(value(queue.Budget!), new KeyValuePair<string, object?>("queue", queue.Queue)));

    private static string Label<T>(T value) where T : struct, Enum => EnumLabels<T>.Of(value);

    private static class EnumLabels<T> where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, v => v.ToString().ToLowerInvariant());

        public static string Of(T value) => Names[value];
    }
}
