using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>Answers a scrape.</summary>
internal sealed partial class PrometheusExporterMiddleware
{
    private readonly ScrapeCache _scrapes;
    private readonly ILogger<PrometheusExporterMiddleware> _logger;

    // The last stage of its branch: there is no next to call.
    public PrometheusExporterMiddleware(RequestDelegate next, MeterProvider meterProvider, ILogger<PrometheusExporterMiddleware> logger)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (!ExporterRegistry.TryFind(meterProvider, out var exporter))
            throw new ArgumentException(
                "A PrometheusExporter could not be found configured on the provided MeterProvider: call AddPrometheusExporter.", nameof(meterProvider));
        _scrapes = exporter.Scrapes;
        _logger = logger;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var (format, contentType) = Negotiation.Choose(context.Request.Headers.Accept);
        ScrapePage page;
        try
        {
            page = await _scrapes.GetAsync(format, context.RequestAborted);
        }
        catch (InvalidOperationException exception)
        {
            LogFailed(exception);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        context.Response.ContentType = contentType;
        context.Response.ContentLength = page.Content.Length;
        context.Response.Headers.LastModified = page.GeneratedAt.ToString("R");
        await context.Response.Body.WriteAsync(page.Content, context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Error, "The scrape failed.")]
    private partial void LogFailed(Exception exception);
}
