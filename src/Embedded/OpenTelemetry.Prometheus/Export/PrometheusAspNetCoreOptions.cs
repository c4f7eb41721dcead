namespace OpenTelemetry.Exporter;

public class PrometheusAspNetCoreOptions
{
    internal const string DefaultScrapeEndpointPath = "/metrics";
    internal const int MinResponseSizeBytes = 85_000;

    private int _cacheMilliseconds = 300;
    private int _maxResponseBytes = MinResponseSizeBytes * 2048;

    /// <value>Where metrics are served. Default: "/metrics".</value>
    public string? ScrapeEndpointPath { get; set; } = DefaultScrapeEndpointPath;

    /// <value>How long a response answers further scrapes, in milliseconds; 0 for not at all. Default: 300.</value>
    public int ScrapeResponseCacheDurationMilliseconds
    {
        get => _cacheMilliseconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _cacheMilliseconds = value;
        }
    }

    /// <value>Whether counters keep their name without <c>_total</c> in the text format. Default: false.</value>
    public bool DisableTotalNameSuffixForCounters { get; set; }

    /// <value>Whether every series says which meter it is from (<c>otel_scope_name</c> and the like). Default: true.</value>
    public bool ScopeInfoEnabled { get; set; } = true;

    /// <value>Whether the resource is exposed as <c>target_info</c>. Default: true.</value>
    public bool TargetInfoEnabled { get; set; } = true;

    /// <value>Which resource attributes every series carries as labels. Default: none.</value>
    public Func<string, bool>? ResourceConstantLabels { get; set; }

    /// <value>How names are translated. Default: <see cref="PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes"/>.</value>
    public PrometheusTranslationStrategy TranslationStrategy { get; set; }

    /// <value>The size beyond which a scrape fails, in bytes, at least 85,000. Default: 174,080,000.</value>
    public int MaxScrapeResponseSizeBytes
    {
        get => _maxResponseBytes;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinResponseSizeBytes);
            _maxResponseBytes = value;
        }
    }
}
