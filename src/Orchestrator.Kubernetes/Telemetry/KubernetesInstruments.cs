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
    private long _sent;

    /// <summary>Makes the instruments.</summary>
    public KubernetesInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateHistogram<double>("orchestrator.kubernetes.request.duration", "s", "Time to the first byte of the API server's answer, by verb and code (error: none came).");
        _retries = meter.CreateCounter<long>("orchestrator.kubernetes.retries", description: "Requests that were sent again, by verb.");
        _lists = meter.CreateCounter<long>("orchestrator.kubernetes.relists", description: "Watches that had to begin anew with a list, by kind.");
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
}
