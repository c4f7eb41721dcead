using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Orchestrator.ServiceDefaults.Telemetry;

/// <summary>The metrics of a host.</summary>
public static class TelemetryExtensions
{
    /// <summary>Collects the given meters, and the runtime's and Kestrel's, for Prometheus.</summary>
    public static IServiceCollection AddOrchestratorMetrics(this IServiceCollection services, params string[] meters)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(meters)
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Serves <c>/metrics</c>.</summary>
    public static void MapOrchestratorMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint();
}
