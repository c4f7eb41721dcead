namespace OpenTelemetry.Prometheus.Tests.Support;

/// <summary>A test that needs the prometheus package.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (Tool.Find("prometheus") is null || Tool.Find("promtool") is null) Skip = "Prometheus is not installed (Debian: apt-get install prometheus).";
    }
}
