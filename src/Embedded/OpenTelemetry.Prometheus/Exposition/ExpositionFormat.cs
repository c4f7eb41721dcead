namespace OpenTelemetry.Exposition;

internal enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0: exemplars, units and creation times.</summary>
    OpenMetrics,
}
