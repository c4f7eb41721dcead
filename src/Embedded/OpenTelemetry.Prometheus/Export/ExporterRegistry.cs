using System.Diagnostics.CodeAnalysis;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>
/// Finds the exporter of a provider. The SDK tells an exporter its provider but not the reverse, and a provider that was built by hand
/// shares no container with the endpoint.
/// </summary>
internal static class ExporterRegistry
{
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<PrometheusExporter>> Exporters = [];

    public static void Add(PrometheusExporter exporter)
    {
        lock (Gate)
        {
            Exporters.RemoveAll(e => !e.TryGetTarget(out _));
            Exporters.Add(new WeakReference<PrometheusExporter>(exporter));
        }
    }

    public static bool TryFind(MeterProvider provider, [NotNullWhen(true)] out PrometheusExporter? exporter)
    {
        lock (Gate)
        {
            foreach (var reference in Exporters)
                if (reference.TryGetTarget(out exporter) && exporter.ParentProvider == provider) return true;
        }
        exporter = null;
        return false;
    }
}
