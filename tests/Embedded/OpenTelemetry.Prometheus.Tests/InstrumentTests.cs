using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Prometheus.Tests.Support;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Prometheus.Tests;

public sealed class InstrumentTests
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    [Fact]
    public async Task Counter_IsExposedAsCounter_WithUnitAndTotal()
    {
        await using var target = await ScrapeTarget.StartAsync();
        var counter = target.Meter.CreateCounter<long>("jobs.done", "By", "Jobs \"done\"\nso far");
        counter.Add(3, new KeyValuePair<string, object?>("queue.name", "a\"b\\c\nd"), new KeyValuePair<string, object?>("ok", true));

        Assert.Equal("""
            # TYPE jobs_done_bytes_total counter
            # HELP jobs_done_bytes_total Jobs "done"\nso far
            jobs_done_bytes_total{ok="true",queue_name="a\"b\\c\nd"} 3
            # EOF

            """, await target.ScrapeAsync());
    }

    [Fact]
    public async Task Counter_InOpenMetrics_HasUnitAndCreationTime()
    {
        await using var target = await ScrapeTarget.StartAsync();
        target.Meter.CreateCounter<double>("wait", "s", "Waited").Add(0.5);

        var lines = (await target.ScrapeAsync(OpenMetrics)).Split('\n');

        Assert.Equal(["# TYPE wait_seconds counter", "# UNIT wait_seconds seconds", "# HELP wait_seconds Waited", "wait_seconds_total 0.5"], lines[..4]);
        Assert.StartsWith("wait_seconds_created 1", lines[4], StringComparison.Ordinal);
        Assert.Equal("# EOF", lines[5]);
    }

    [Fact]
    public async Task OtherInstruments_AreExposedAsGauges()
    {
        await using var target = await ScrapeTarget.StartAsync();
        target.Meter.CreateUpDownCounter<long>("open").Add(-2);
        target.Meter.CreateGauge<double>("heat", "Cel").Record(36.6);
        target.Meter.CreateObservableGauge("seen", () => new Measurement<long>(7, new KeyValuePair<string, object?>("n", 1)));
        target.Meter.CreateObservableUpDownCounter("level", () => double.NaN);
        target.Meter.CreateObservableCounter("ticks", () => 11L);

        var text = await target.ScrapeAsync();

        Assert.Contains("# TYPE open gauge\nopen -2\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE heat_celsius gauge\nheat_celsius 36.6\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE seen gauge\nseen{n=\"1\"} 7\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE level gauge\nlevel NaN\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE ticks_total counter\nticks_total 11\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_HasItsConfiguredBuckets()
    {
        await using var target = await ScrapeTarget.StartAsync(
            metrics: m => m.AddView("latency", new ExplicitBucketHistogramConfiguration { Boundaries = [0.1, 1, 10] }));
        var histogram = target.Meter.CreateHistogram<double>("latency", "s");
        foreach (var value in (double[])[0.05, 0.5, 0.5, 100]) histogram.Record(value, new KeyValuePair<string, object?>("op", "x"));

        Assert.Equal("""
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="0.1",op="x"} 1
            latency_seconds_bucket{le="1.0",op="x"} 3
            latency_seconds_bucket{le="10.0",op="x"} 3
            latency_seconds_bucket{le="+Inf",op="x"} 4
            latency_seconds_sum{op="x"} 101.05
            latency_seconds_count{op="x"} 4
            # EOF

            """, await target.ScrapeAsync());
    }

    [Fact]
    public async Task Exemplars_NameTheTraceOfAMeasurement_InOpenMetricsOnly()
    {
        await using var target = await ScrapeTarget.StartAsync(metrics: m => m.SetExemplarFilter(ExemplarFilterType.TraceBased));
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();
        target.Meter.CreateHistogram<double>("size").Record(3);
        target.Meter.CreateCounter<long>("count").Add(1);
        activity.Stop();

        var text = await target.ScrapeAsync(OpenMetrics);

        var exemplar = $"# {{trace_id=\"{activity.TraceId}\",span_id=\"{activity.SpanId}\"}}";
        Assert.Contains($"size_bucket{{le=\"5.0\"}} 1 {exemplar} 3 1", text, StringComparison.Ordinal);
        Assert.Contains($"count_total 1 {exemplar} 1 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("trace_id", await target.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScopeAndTarget_AreExposed()
    {
        await using var target = await ScrapeTarget.StartAsync(
            options =>
            {
                options.ScopeInfoEnabled = options.TargetInfoEnabled = true;
                options.ResourceConstantLabels = key => key == "site";
            },
            metrics => metrics.ConfigureResource(r => r.Clear().AddAttributes([new("service.name", "svc"), new("site", "west")])),
            meter: new MeterOptions("My.Meter") { Version = "1.2", Tags = [new("team", "blue")] });
        target.Meter.CreateCounter<long>("n").Add(1);

        Assert.Equal("""
            # TYPE target_info gauge
            # HELP target_info Target metadata
            target_info{service_name="svc",site="west"} 1
            # TYPE n_total counter
            n_total{otel_scope_name="My.Meter",otel_scope_version="1.2",otel_scope_team="blue",site="west"} 1
            # EOF

            """, await target.ScrapeAsync());
    }

    [Fact]
    public async Task Tags_ThatBecomeTheSameLabel_AreJoined()
    {
        await using var target = await ScrapeTarget.StartAsync();
        target.Meter.CreateGauge<long>("g").Record(1, new("b", "x"), new("a.c", "1"), new("a_c", "2"));

        Assert.Contains("g{a_c=\"1;2\",b=\"x\"} 1\n", await target.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutSuffixes_NamesStay()
    {
        await using var target = await ScrapeTarget.StartAsync(o => o.TranslationStrategy = PrometheusTranslationStrategy.UnderscoreEscapingWithoutSuffixes);
        target.Meter.CreateCounter<long>("jobs.done", "s").Add(1);

        Assert.Contains("# TYPE jobs_done counter\njobs_done 1\n", await target.ScrapeAsync(), StringComparison.Ordinal);
    }
}
