using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

public static class PrometheusExporterApplicationBuilderExtensions
{
    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app) =>
        UseOpenTelemetryPrometheusScrapingEndpoint(app, null, null, null, null, null);

    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return UseOpenTelemetryPrometheusScrapingEndpoint(app, null, null, path, null, null);
    }

    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(this IApplicationBuilder app, Func<HttpContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return UseOpenTelemetryPrometheusScrapingEndpoint(app, null, predicate, null, null, null);
    }

    /// <summary>Serves metrics to the requests that match the predicate or, without one, the path.</summary>
    /// <param name="app">The application.</param>
    /// <param name="meterProvider">Whose metrics; null for the provider among the services.</param>
    /// <param name="predicate">Which requests; null to go by the path.</param>
    /// <param name="path">The path; null for that of the options.</param>
    /// <param name="configureBranchedPipeline">Adds to the pipeline in front of the endpoint.</param>
    /// <param name="optionsName">The name of the options; null for the default ones.</param>
    public static IApplicationBuilder UseOpenTelemetryPrometheusScrapingEndpoint(
        this IApplicationBuilder app, MeterProvider? meterProvider, Func<HttpContext, bool>? predicate, string? path,
        Action<IApplicationBuilder>? configureBranchedPipeline, string? optionsName)
    {
        // The provider first: to build it configures the options.
        meterProvider ??= app.ApplicationServices.GetRequiredService<MeterProvider>();
        void Branch(IApplicationBuilder branch)
        {
            configureBranchedPipeline?.Invoke(branch);
            branch.UseMiddleware<PrometheusExporterMiddleware>(meterProvider);
        }
        if (predicate is not null) return app.MapWhen(predicate, Branch);
        path ??= app.ApplicationServices.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>()
            .Get(optionsName ?? Options.DefaultName).ScrapeEndpointPath ?? PrometheusAspNetCoreOptions.DefaultScrapeEndpointPath;
        return app.Map(new PathString(path.StartsWith('/') ? path : $"/{path}"), Branch);
    }
}
