using System.Diagnostics.Metrics;
using System.Net;

namespace Orchestrator.Kubernetes.Telemetry;

/// <summary>What is asked of the API server.</summary>
public sealed class KubernetesInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Orchestrator.Kubernetes";

    private readonly Histogram<double> _requests;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _lists;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Size, int Busy)> _pools = new(StringComparer.Ordinal);
    private long _sent;

    /// <summary>Makes the instruments.</summary>
    public KubernetesInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateHistogram<double>("orchestrator.kubernetes.request.duration", "s", "Time to the first byte of the API server's answer, by verb and code (error: none came).");
        _retries = meter.CreateCounter<long>("orchestrator.kubernetes.retries", description: "Requests that were sent again, by verb.");
        _lists = meter.CreateCounter<long>("orchestrator.kubernetes.relists", description: "Watches that had to begin anew with a list, by kind.");
        meter.CreateObservableGauge("orchestrator.pool.pods", () => Pools(p => p.Size), description: "Worker Pods, those that leave not counted, by pool.");
        meter.CreateObservableGauge("orchestrator.pool.pods.busy", () => Pools(p => p.Busy), description: "Worker Pods that run a rank, by pool.");
    }

    /// <summary>Requests sent since the start.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    internal void Answered(string verb, HttpStatusCode status, TimeSpan duration)
    {
        Interlocked.Increment(ref _sent);
        _requests.Record(duration.TotalSeconds, new("verb", verb), new("code", (int)status));
    }

    internal void Failed(string verb)
    {
        Interlocked.Increment(ref _sent);
        _requests.Record(0, new("verb", verb), new("code", "error"));
    }

    internal void Retried(string verb) => _retries.Add(1, new KeyValuePair<string, object?>("verb", verb));

    internal void Relisted(string kind) => _lists.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void PoolIs(string pool, int size, int busy)
    {
        lock (_lock) _pools[pool] = (size, busy);
    }

    private List<Measurement<int>> Pools(Func<(int Size, int Busy), int> value)
    {
        lock (_lock) return [.. _pools.Select(p => new Measurement<int>(value(p.Value), new KeyValuePair<string, object?>("pool", p.Key)))];
    }
}
