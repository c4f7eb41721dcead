using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exposition;

/// <summary>The names of a metric in one format.</summary>
/// <param name="Family">The name in the metadata.</param>
/// <param name="Series">The name of the series, before _bucket and the like.</param>
/// <param name="Unit">The unit, spelt out.</param>
internal sealed record FamilyName(string Family, string Series, string? Unit)
{
    private const string Total = "_total";

    public static FamilyName Of(Metric metric, ExpositionFormat format, PrometheusAspNetCoreOptions options) =>
        Of(metric.Name, metric.Unit, FamilyType.Of(metric.MetricType) == FamilyType.Counter, format, options);

    public static FamilyName Of(string name, string? unit, bool isCounter, ExpositionFormat format, PrometheusAspNetCoreOptions options)
    {
        var spelt = Names.Unit(unit);
        var bare = Names.Metric(name);
        if (options.TranslationStrategy == PrometheusTranslationStrategy.UnderscoreEscapingWithoutSuffixes) return new(bare, bare, spelt);
        var hadTotal = isCounter && bare.EndsWith(Total, StringComparison.Ordinal);
        if (hadTotal) bare = bare[..^Total.Length];
        if (spelt is not null && !bare.EndsWith(spelt, StringComparison.Ordinal)) bare = $"{bare}_{spelt}";
        if (!isCounter) return new(bare, bare, spelt);
        // OpenMetrics names the family without its suffix, and insists on the suffix.
        if (format == ExpositionFormat.OpenMetrics) return new(bare, bare + Total, spelt);
        var series = hadTotal || !options.DisableTotalNameSuffixForCounters ? bare + Total : bare;
        return new(series, series, spelt);
    }
}
