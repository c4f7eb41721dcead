using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

// The time of a scrape of 10,000 series over loopback HTTP, in both formats.
//
//   dotnet run --project benchmarks/prometheus [-- --json]

const int counters = 5_000;
const int histograms = 278; // 18 series each: 16 buckets, a sum and a count
const int scrapes = 200;

using var meter = new Meter("benchmark");
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
    .AddMeter(meter.Name)
    .AddView("requests", new MetricStreamConfiguration { CardinalityLimit = 2 * counters })
    .AddView("latency", new ExplicitBucketHistogramConfiguration { CardinalityLimit = 2 * histograms })
    .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));
await using var app = builder.Build();
app.MapPrometheusScrapingEndpoint();
await app.StartAsync();

var requests = meter.CreateCounter<long>("requests", description: "Requests served");
for (var i = 0; i < counters; i++) requests.Add(i, new("method", "GET"), new("route", $"/api/v1/items/{i}"));
var latency = meter.CreateHistogram<double>("latency", "s", "Time to answer");
for (var i = 0; i < histograms; i++) latency.Record(i / 100.0, new KeyValuePair<string, object?>("route", $"/api/v1/items/{i}"));

using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
object[] results = [await MeasureAsync("text", "text/plain"), await MeasureAsync("openmetrics", "application/openmetrics-text")];
if (args.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "prometheus", results }, JsonSerializerOptions.Web));
await app.StopAsync();

async Task<object> MeasureAsync(string name, string accept)
{
    client.DefaultRequestHeaders.Accept.Clear();
    client.DefaultRequestHeaders.Accept.ParseAdd(accept);
    var page = "";
    for (var i = 0; i < scrapes / 4; i++) page = await client.GetStringAsync("/metrics"); // warm up
    var series = page.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
    var process = Process.GetCurrentProcess();
    var cpu = process.TotalProcessorTime;
    var times = new double[scrapes];
    for (var i = 0; i < scrapes; i++)
    {
        var started = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync("/metrics");
        times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
    process.Refresh();
    var cpuMilliseconds = (process.TotalProcessorTime - cpu).TotalMilliseconds / scrapes;
    Array.Sort(times);
    var (median, p90) = (times[scrapes / 2], times[scrapes * 9 / 10]);
    if (!args.Contains("--json"))
        Console.WriteLine($"{name,-12} {series,7:N0} series {page.Length / 1024,6:N0} KiB {median,8:N2} ms median {p90,8:N2} ms p90 {cpuMilliseconds,8:N2} ms CPU (client and server)");
    return new { name, series, bytes = page.Length, medianMilliseconds = median, p90Milliseconds = p90, cpuMilliseconds };
}
