using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orchestrator.ServiceDefaults.Telemetry;

/// <summary>
/// Traces: what a request leads to, over all processes, under one id. Lines of a JSON log bear that id; where OTLP is configured by its standard
/// variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the others), spans are exported too.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the product's source of spans.</summary>
    public const string SourceName = "Orchestrator";

    /// <summary>The product's source of spans; while nobody wants spans, it makes none.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    private static readonly string[] Sources = [SourceName, "Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] EndpointVariables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
    private static readonly Lock ListenerLock = new();
    private static ActivityListener? _listener;

    /// <summary>Whether spans are exported.</summary>
    /// <param name="configuration">The host's, with the environment's variables.</param>
    public static bool IsExported(IConfiguration configuration) => EndpointVariables.Any(name => !string.IsNullOrEmpty(configuration[name]));

    /// <summary>Exports the host's spans, and puts their ids beside its metrics (exemplars), where OTLP is configured; else makes ids for the log alone, where it is for programs.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="service">The name of the host, for instance <c>orchestrator-worker</c>.</param>
    /// <param name="jsonLog">Whether the log is for programs.</param>
    /// <returns>Whether there are spans.</returns>
    public static bool AddOrchestratorTracing(this IServiceCollection services, IConfiguration configuration, string service, bool jsonLog)
    {
        if (IsExported(configuration))
        {
            services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service))
                .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter())
                .WithMetrics(metrics => metrics.SetExemplarFilter(ExemplarFilterType.TraceBased));
            return true;
        }
        if (jsonLog) MakeIds();
        return jsonLog;
    }

    /// <summary>Exports the spans of a process without a host.</summary>
    /// <param name="configuration">Its environment.</param>
    /// <param name="service">Its name.</param>
    /// <returns>To be disposed at its end, which sends what waits; null where OTLP is not configured.</returns>
    public static IDisposable? Start(IConfiguration configuration, string service) => !IsExported(configuration) ? null
        : Sdk.CreateTracerProviderBuilder().ConfigureResource(resource => resource.AddService(service)).AddSource(Sources).AddOtlpExporter().Build();

    /// <summary>Begins a span that goes on with a trace of another process; null where nobody wants spans.</summary>
    /// <param name="name">Its name, of which there are few.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="parent">A W3C <c>traceparent</c>; null, empty or something else: a new trace.</param>
    public static Activity? Continue(string name, ActivityKind kind, string? parent) =>
        Source.StartActivity(name, kind, ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? context : default);

    private static void MakeIds()
    {
        lock (ListenerLock)
        {
            if (_listener is not null) return;
            _listener = new ActivityListener { ShouldListenTo = source => source.Name == SourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData };
            ActivitySource.AddActivityListener(_listener);
        }
    }
}
