using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exposition;

/// <summary>Writes exemplars: which trace a measurement came from.</summary>
internal static class ExemplarWriter
{
    // OpenMetrics 1.0: "The combined length of the label names and values of an Exemplar's LabelSet MUST NOT exceed 128 UTF-8 character code points."
    private const int MaxLabelCharacters = 128;

    /// <summary>Writes the latest exemplar of a counter, if it has one.</summary>
    public static void WriteLatest(PageBuffer page, ref readonly MetricPoint point, bool isLong)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;
        Exemplar latest = default;
        var found = false;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (found && exemplar.Timestamp < latest.Timestamp) continue;
            (latest, found) = (exemplar, true);
        }
        if (found) Write(page, in latest, isLong);
    }

    /// <summary>Writes the latest exemplar of a bucket, if it has one.</summary>
    public static void WriteLatest(PageBuffer page, ref readonly MetricPoint point, double above, double upTo)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;
        Exemplar latest = default;
        var found = false;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (!(exemplar.DoubleValue > above && exemplar.DoubleValue <= upTo)) continue;
            if (found && exemplar.Timestamp < latest.Timestamp) continue;
            (latest, found) = (exemplar, true);
        }
        if (found) Write(page, in latest, isLong: false);
    }

    /// <summary>Writes a time in seconds since 1970.</summary>
    public static void WriteTime(PageBuffer page, DateTimeOffset time) =>
        page.Write((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond);

    private static void Write(PageBuffer page, ref readonly Exemplar exemplar, bool isLong)
    {
        page.Write(" # "u8);
        page.BeginLabels();
        var room = MaxLabelCharacters;
        if (exemplar.TraceId != default) WriteLabel(page, "trace_id", exemplar.TraceId.ToHexString(), ref room);
        if (exemplar.SpanId != default) WriteLabel(page, "span_id", exemplar.SpanId.ToHexString(), ref room);
        foreach (var (key, value) in exemplar.FilteredTags)
            if (Names.Label(key) is not ("trace_id" or "span_id")) WriteLabel(page, key, LabelWriter.TextOf(value), ref room);
        page.EndLabels();
        page.Write(" "u8);
        if (isLong) page.Write(exemplar.LongValue);
        else page.Write(exemplar.DoubleValue);
        page.Write(" "u8);
        WriteTime(page, exemplar.Timestamp);
    }

    private static void WriteLabel(PageBuffer page, string name, string value, ref int room)
    {
        if (name.Length + value.Length > room) return;
        room -= name.Length + value.Length;
        LabelWriter.Write(page, name, value);
    }
}
