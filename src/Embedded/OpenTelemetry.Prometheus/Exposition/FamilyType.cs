using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exposition;

/// <summary>The type of a metric family, in the words of both formats.</summary>
internal static class FamilyType
{
    public const string Counter = "counter";
    public const string Gauge = "gauge";
    public const string Histogram = "histogram";

    /// <summary>Null for what cannot be exposed: exponential histograms, as upstream.</summary>
    public static string? Of(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => Gauge,
        MetricType.Histogram => Histogram,
        _ => null,
    };
}
