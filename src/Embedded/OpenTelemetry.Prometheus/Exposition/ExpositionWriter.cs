using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exposition;

/// <summary>Writes a page of metrics. Not for use by two threads at once.</summary>
internal sealed class ExpositionWriter(PrometheusAspNetCoreOptions options)
{
    private readonly PageBuffer _page = new();

    public byte[] Write(in Batch<Metric> batch, Resource resource, ExpositionFormat format, int maxBytes)
    {
        _page.Reset(maxBytes);
        var constants = ConstantLabels(resource);
        if (options.TargetInfoEnabled) WriteTargetInfo(resource, format);
        foreach (var family in FamiliesOf(batch, format)) WriteFamily(family, constants, format);
        _page.Write("# EOF\n"u8);
        return _page.ToArray();
    }

    // Series of one name must stand together under one header, whichever meters they come from.
    private List<Family> FamiliesOf(in Batch<Metric> batch, ExpositionFormat format)
    {
        var families = new List<Family>();
        var byName = new Dictionary<string, Family>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            if (FamilyType.Of(metric.MetricType) is not { } type) continue;
            var name = FamilyName.Of(metric, format, options);
            if (!byName.TryGetValue(name.Family, out var family))
            {
                family = new Family(name, type);
                byName.Add(name.Family, family);
                families.Add(family);
            }
            // A name can have one type only: what came first stays, as upstream.
            if (family.Type == type) family.Metrics.Add(metric);
        }
        return families;
    }

    private void WriteFamily(Family family, KeyValuePair<string, object>[] constants, ExpositionFormat format)
    {
        var name = family.Name;
        WriteHeader("TYPE", name.Family, family.Type);
        if (format == ExpositionFormat.OpenMetrics && name.Unit is { } unit && name.Family.EndsWith(unit, StringComparison.Ordinal))
            WriteHeader("UNIT", name.Family, unit);
        if (family.Metrics.Select(m => m.Description).FirstOrDefault(d => !string.IsNullOrEmpty(d)) is { } help)
            WriteHelp(name.Family, help, format);
        foreach (var metric in family.Metrics)
            new SeriesWriter(_page, metric, name, SharedLabels(metric, constants), format).Write();
    }

    private void WriteHeader(string keyword, string name, string value)
    {
        _page.Write("# "u8);
        _page.Write(keyword);
        _page.Write(" "u8);
        _page.Write(name);
        _page.Write(" "u8);
        _page.Write(value);
        _page.Write("\n"u8);
    }

    // Only OpenMetrics escapes quotes in help texts.
    private void WriteHelp(string name, string help, ExpositionFormat format)
    {
        var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        if (format == ExpositionFormat.OpenMetrics) escaped = escaped.Replace("\"", "\\\"", StringComparison.Ordinal);
        WriteHeader("HELP", name, escaped);
    }

    private void WriteTargetInfo(Resource resource, ExpositionFormat format)
    {
        if (!resource.Attributes.Any()) return;
        var (family, type) = format == ExpositionFormat.OpenMetrics ? ("target", "info") : ("target_info", FamilyType.Gauge);
        WriteHeader("TYPE", family, type);
        WriteHeader("HELP", family, "Target metadata");
        WriteSeries("target_info"u8, resource.Attributes);
    }

    private void WriteSeries(ReadOnlySpan<byte> name, IEnumerable<KeyValuePair<string, object>> labels)
    {
        _page.Write(name);
        var labelsPage = new PageBuffer();
        foreach (var (key, value) in labels) LabelWriter.Write(labelsPage, key, value);
        _page.Write("{"u8);
        _page.Write(labelsPage.Written[1..]);
        _page.Write("} 1\n"u8);
    }

    private KeyValuePair<string, object>[] ConstantLabels(Resource resource) =>
        options.ResourceConstantLabels is { } isConstant ? [.. resource.Attributes.Where(a => isConstant(a.Key))] : [];

    /// <summary>The labels that every series of a metric has, each with a comma in front.</summary>
    private byte[] SharedLabels(Metric metric, KeyValuePair<string, object>[] constants)
    {
        var labels = new PageBuffer();
        if (options.ScopeInfoEnabled)
        {
            LabelWriter.Write(labels, "otel_scope_name", metric.MeterName);
            if (!string.IsNullOrEmpty(metric.MeterVersion)) LabelWriter.Write(labels, "otel_scope_version", metric.MeterVersion);
            if (!string.IsNullOrEmpty(metric.MeterSchemaUrl)) LabelWriter.Write(labels, "otel_scope_schema_url", metric.MeterSchemaUrl);
            foreach (var (key, value) in metric.MeterTags ?? [])
                if (key is not ("name" or "version" or "schema_url")) LabelWriter.Write(labels, $"otel_scope_{key}", value);
        }
        foreach (var (key, value) in constants) LabelWriter.Write(labels, key, value);
        return labels.ToArray();
    }

    private sealed record Family(FamilyName Name, string Type)
    {
        public List<Metric> Metrics { get; } = [];
    }
}
