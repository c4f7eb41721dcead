namespace OpenTelemetry.Exporter;

/// <summary>How the names of instruments become those of metrics.</summary>
public enum PrometheusTranslationStrategy
{
    /// <summary>What Prometheus does not allow becomes <c>_</c>; unit and <c>_total</c> are appended.</summary>
    UnderscoreEscapingWithSuffixes = 0,

    /// <summary>What Prometheus does not allow becomes <c>_</c>; nothing is appended.</summary>
    UnderscoreEscapingWithoutSuffixes = 1,
}
