using OpenTelemetry.Exposition;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter;

/// <summary>Collects the metrics of one provider when it is scraped, and writes them down.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    private readonly PrometheusAspNetCoreOptions _options;
    private readonly ExpositionWriter _writer;
    private ExpositionFormat? _requested;
    private byte[]? _page;
    private Exception? _failure;

    public PrometheusExporter(PrometheusAspNetCoreOptions options, TimeProvider time)
    {
        _options = options;
        _writer = new ExpositionWriter(options);
        Reader = new BaseExportingMetricReader(this) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        Scrapes = new ScrapeCache(Collect, TimeSpan.FromMilliseconds(options.ScrapeResponseCacheDurationMilliseconds), time);
        ExporterRegistry.Add(this);
    }

    public MetricReader Reader { get; }
    public ScrapeCache Scrapes { get; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // The provider also exports when it is flushed or shut down: there is nobody then to write for.
        if (_requested is not { } format) return ExportResult.Success;
        try
        {
            var resource = ParentProvider?.GetResource() ?? Resource.Empty;
            _page = _writer.Write(batch, resource, format, _options.MaxScrapeResponseSizeBytes);
            return ExportResult.Success;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return ExportResult.Failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Scrapes.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Collects and writes a page. The cache lets in one caller at a time.</summary>
    private byte[] Collect(ExpositionFormat format)
    {
        (_requested, _page, _failure) = (format, null, null);
        try
        {
            Reader.Collect();
            return _page ?? throw new InvalidOperationException("The metrics could not be collected.", _failure);
        }
        finally
        {
            _requested = null;
        }
    }
}
