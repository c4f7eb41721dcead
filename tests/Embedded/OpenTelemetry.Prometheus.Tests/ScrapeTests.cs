using System.Net;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry.Prometheus.Tests.Support;

namespace OpenTelemetry.Prometheus.Tests;

public sealed class ScrapeTests
{
    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("*/*", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("text/html", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("no/media, ;;", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [InlineData("text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=0.0.1;q=0.75", "application/openmetrics-text; version=0.0.1; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=2.0.0,text/plain;version=0.0.4;q=0.1", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0.1,text/plain;q=0.9", "text/plain; version=0.0.4; charset=utf-8")]
    public async Task Scrape_ByAcceptHeader_ChoosesTheFormat(string? accept, string contentType)
    {
        await using var target = await ScrapeTarget.StartAsync();

        using var response = await target.GetAsync(accept);

        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.NotNull(response.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Scrape_WithinTheCacheTime_GetsTheSamePage()
    {
        await using var target = await ScrapeTarget.StartAsync(o => o.ScrapeResponseCacheDurationMilliseconds = int.MaxValue);
        var counter = target.Meter.CreateCounter<long>("n");
        counter.Add(1);
        var first = await target.ScrapeAsync();
        counter.Add(1);

        Assert.Equal(first, await target.ScrapeAsync());
        Assert.Contains("n_total 2", await target.ScrapeAsync("application/openmetrics-text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrapes_AtTheSameTime_AreAllWhole()
    {
        await using var target = await ScrapeTarget.StartAsync();
        var counter = target.Meter.CreateCounter<long>("n");
        for (var i = 0; i < 500; i++) counter.Add(i, new KeyValuePair<string, object?>("i", i));

        var pages = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => target.ScrapeAsync(i % 2 == 0 ? null : "application/openmetrics-text")));

        Assert.All(pages, page => Assert.EndsWith("# EOF\n", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Equal(500, page.Split("\nn_total{").Length - 1));
    }

    [Fact]
    public async Task Scrape_ThatIsTooLarge_FailsAndTheNextIsWholeAgain()
    {
        await using var target = await ScrapeTarget.StartAsync(o => o.MaxScrapeResponseSizeBytes = 85_000);
        var tooLong = 1;
        target.Meter.CreateObservableGauge("g", () => new System.Diagnostics.Metrics.Measurement<long>(
            1, new KeyValuePair<string, object?>("v", new string('x', Interlocked.Exchange(ref tooLong, 0) == 1 ? 100_000 : 10))));

        using var response = await target.GetAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Endpoint_CanBeMiddleware_ByPathOrPredicate()
    {
        await using var target = await ScrapeTarget.StartAsync(map: app =>
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint("internal/metrics");
            app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Query.ContainsKey("metrics"));
            app.UseOpenTelemetryPrometheusScrapingEndpoint();
        });

        foreach (var path in (string[])["/internal/metrics", "/any?metrics", "/metrics"])
            Assert.EndsWith("# EOF\n", await target.ScrapeAsync(path: path), StringComparison.Ordinal);
        using var missing = await target.GetAsync(path: "/other");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
