using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Prometheus.Tests.Support;

/// <summary>A web application on a free port that exposes the metrics of one meter.</summary>
internal sealed class ScrapeTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ScrapeTarget(WebApplication app, Meter meter)
    {
        (_app, Meter) = (app, meter);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Meter Meter { get; }
    public Uri Address { get; }

    public static async Task<ScrapeTarget> StartAsync(
        Action<PrometheusAspNetCoreOptions>? configure = null, Action<MeterProviderBuilder>? metrics = null, Action<WebApplication>? map = null,
        MeterOptions? meter = null)
    {
        var instruments = new Meter(meter ?? new MeterOptions($"meter.{Guid.NewGuid():N}"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry().WithMetrics(provider =>
        {
            provider.AddMeter(instruments.Name).AddPrometheusExporter(options =>
            {
                options.ScrapeResponseCacheDurationMilliseconds = 0;
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
                configure?.Invoke(options);
            });
            metrics?.Invoke(provider);
        });
        var app = builder.Build();
        if (map is null) app.MapPrometheusScrapingEndpoint();
        else map(app);
        await app.StartAsync();
        return new ScrapeTarget(app, instruments);
    }

    public async Task<string> ScrapeAsync(string? accept = null, string path = "/metrics")
    {
        using var response = await GetAsync(accept, path);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> GetAsync(string? accept = null, string path = "/metrics")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Meter.Dispose();
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
