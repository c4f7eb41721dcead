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
        return format == ExpositionFormat.OpenMetrics
            ? OpenMetrics(bare, spelt, isCounter)
            : Text(bare, spelt, isCounter, appendTotal: !options.DisableTotalNameSuffixForCounters);
    }

    // OpenMetrics names the family of a counter without its suffix, and insists on the suffix of the series.
    private static FamilyName OpenMetrics(string name, string? unit, bool isCounter)
    {
        if (isCounter && name.EndsWith(Total, StringComparison.Ordinal)) name = name[..^Total.Length];
        if (unit is not null && !name.EndsWith(unit, StringComparison.Ordinal)) name = $"{name}_{unit}";
        return new(name, isCounter ? name + Total : name, unit);
    }

    // A suffix that is there already is left where it is, as upstream leaves it.
    private static FamilyName Text(string name, string? unit, bool isCounter, bool appendTotal)
    {
        var hasUnit = unit is null || name.EndsWith(unit, StringComparison.Ordinal) || (isCounter && name.EndsWith(unit + Total, StringComparison.Ordinal));
        if (!hasUnit) name = $"{name}_{unit}";
        if (isCounter && appendTotal && !name.EndsWith(Total, StringComparison.Ordinal)) name += Total;
        return new(name, name, unit);
    }
}
