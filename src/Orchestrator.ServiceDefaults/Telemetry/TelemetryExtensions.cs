using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Orchestrator.ServiceDefaults.Telemetry;

/// <summary>The metrics of a host.</summary>
public static class TelemetryExtensions
{
    /// <summary>Collects the given meters, and the runtime's and Kestrel's, for Prometheus.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="service">The name of the host, for instance <c>orchestrator-worker</c>.</param>
    /// <param name="meters">Its own meters.</param>
    public static IServiceCollection AddOrchestratorMetrics(this IServiceCollection services, string service, params string[] meters)
    {
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service)).WithMetrics(metrics => metrics
            .AddMeter(meters)
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Serves <c>/metrics</c>.</summary>
    public static IEndpointConventionBuilder MapOrchestratorMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint();
}
