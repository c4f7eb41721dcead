using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exposition;

/// <summary>Writes the series of one metric.</summary>
internal readonly ref struct SeriesWriter(PageBuffer page, Metric metric, FamilyName name, byte[] sharedLabels, ExpositionFormat format)
{
    private readonly PageBuffer _page = page;
    private readonly byte[] _series = Encoding.UTF8.GetBytes(name.Series);
    private readonly byte[] _family = Encoding.UTF8.GetBytes(name.Family);
    private readonly bool _isOpenMetrics = format == ExpositionFormat.OpenMetrics;

    public void Write()
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram) WriteHistogram(in point);
            else WriteNumber(in point);
        }
    }

    private void WriteNumber(ref readonly MetricPoint point)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        WriteName(_series, default, in point, reserved: null);
        switch (metric.MetricType)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                _page.Write(point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                _page.Write(point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                _page.Write(point.GetGaugeLastValueLong());
                break;
            default:
                _page.Write(point.GetGaugeLastValueDouble());
                break;
        }
        if (isCounter && _isOpenMetrics) ExemplarWriter.WriteLatest(_page, in point, isLong: metric.MetricType == MetricType.LongSum);
        _page.Write("\n"u8);
        if (isCounter && _isOpenMetrics) WriteCreated(in point, reserved: null);
    }

    private void WriteHistogram(ref readonly MetricPoint point)
    {
        const string reserved = "le";
        long count = 0;
        var lower = double.NegativeInfinity;
        var hasNegativeBounds = false;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            hasNegativeBounds |= bucket.ExplicitBound < 0;
            WriteBucketName(in point, bucket.ExplicitBound);
            _page.Write(count);
            if (_isOpenMetrics) ExemplarWriter.WriteLatest(_page, in point, lower, bucket.ExplicitBound);
            _page.Write("\n"u8);
            lower = bucket.ExplicitBound;
        }
        // OpenMetrics forbids a sum, and with it the count, where observations may be negative.
        if (!_isOpenMetrics || !hasNegativeBounds)
        {
            WriteName(_series, "_sum"u8, in point, reserved);
            _page.Write(point.GetHistogramSum());
            _page.Write("\n"u8);
            WriteName(_series, "_count"u8, in point, reserved);
            _page.Write(point.GetHistogramCount());
            _page.Write("\n"u8);
        }
        if (_isOpenMetrics) WriteCreated(in point, reserved);
    }

    private void WriteBucketName(ref readonly MetricPoint point, double bound)
    {
        _page.Write(_series);
        _page.Write("_bucket{le=\""u8);
        _page.WriteCanonical(bound);
        _page.Write("\""u8);
        _page.Write(sharedLabels);
        LabelWriter.WriteTags(_page, point.Tags, "le");
        _page.Write("} "u8);
    }

    private void WriteCreated(ref readonly MetricPoint point, string? reserved)
    {
        WriteName(_family, "_created"u8, in point, reserved);
        ExemplarWriter.WriteTime(_page, point.StartTime);
        _page.Write("\n"u8);
    }

    private void WriteName(byte[] name, ReadOnlySpan<byte> suffix, ref readonly MetricPoint point, string? reserved)
    {
        _page.Write(name);
        _page.Write(suffix);
        if (sharedLabels.Length > 0 || point.Tags.Count > 0)
        {
            _page.BeginLabels();
            _page.Write(sharedLabels);
            LabelWriter.WriteTags(_page, point.Tags, reserved);
            _page.EndLabels();
        }
        _page.Write(" "u8);
    }
}
