using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry.Metrics;
using OpenTelemetry.Prometheus.Tests.Support;

namespace OpenTelemetry.Prometheus.Tests;

/// <summary>What Prometheus itself makes of the pages.</summary>
public sealed class PrometheusTests
{
    private static void Record(Meter meter)
    {
        meter.CreateCounter<long>("jobs", description: "Jobs \"done\" \\ so far").Add(3, new("queue", "a \"b\" \\ c\nd"), new("ok", true));
        meter.CreateCounter<double>("busy", "s", "Time spent").Add(1.5);
        meter.CreateUpDownCounter<long>("open", description: "Open files").Add(-2);
        meter.CreateGauge<double>("heat", "Cel", "Heat").Record(double.PositiveInfinity);
        meter.CreateObservableGauge("seen", () => 7L, "By", "Seen");
        var latency = meter.CreateHistogram<double>("latency", "s", "Time to answer");
        foreach (var value in (double[])[0.0001, 3, 1e9]) latency.Record(value, new KeyValuePair<string, object?>("op", "x"));
    }

    [PrometheusFact]
    public async Task Promtool_HasNothingToSay()
    {
        await using var target = await ScrapeTarget.StartAsync(o => o.ScopeInfoEnabled = o.TargetInfoEnabled = true);
        Record(target.Meter);
        var page = await target.ScrapeAsync();

        using var promtool = Tool.Start("promtool", "check", "metrics");
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var output = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync().WaitAsync(Tool.Patience);

        Assert.Equal("", output);
        Assert.Equal(0, promtool.ExitCode);
    }

    [PrometheusFact]
    public async Task Server_ScrapesEverything()
    {
        var scrapes = new ConcurrentQueue<string>();
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var target = await ScrapeTarget.StartAsync(
            o => o.ScopeInfoEnabled = o.TargetInfoEnabled = true, m => m.SetExemplarFilter(ExemplarFilterType.AlwaysOn), app =>
            {
                app.Use(async (context, next) =>
                {
                    await next();
                    scrapes.Enqueue(context.Response.ContentType!);
                    // The first scrape has been stored by the time that the third begins.
                    if (scrapes.Count >= 3) stored.TrySetResult();
                });
                app.UseOpenTelemetryPrometheusScrapingEndpoint();
            });
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        Record(target.Meter);

        await using var server = await PrometheusServer.StartAsync(target.Address);
        await stored.Task.WaitAsync(Tool.Patience);

        Assert.Equal("", await server.LastErrorAsync());
        Assert.StartsWith("application/openmetrics-text", scrapes.First(), StringComparison.Ordinal);
        Assert.Equal("1", await server.QueryAsync("up"));
        Assert.Equal("3", await server.QueryAsync("""jobs_total{queue="a \"b\" \\ c\nd",ok="true"}"""));
        Assert.Equal("1.5", await server.QueryAsync("busy_seconds_total"));
        Assert.Equal("-2", await server.QueryAsync("open"));
        Assert.Equal("+Inf", await server.QueryAsync("heat_celsius"));
        Assert.Equal("7", await server.QueryAsync("seen_bytes"));
        Assert.Equal("2", await server.QueryAsync("""latency_seconds_bucket{op="x",le="5.0"}"""));
        Assert.Equal("3", await server.QueryAsync("""latency_seconds_bucket{op="x",le="+Inf"}"""));
        Assert.Equal("3", await server.QueryAsync("latency_seconds_count"));
        Assert.NotNull(await server.QueryAsync("target_info"));
    }
}
