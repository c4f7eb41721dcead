using Embedded.Tests.Shared;

namespace OpenTelemetry.Prometheus.Tests;

public sealed class ApiTests
{
    [UpstreamApiFact]
    public Task PublicMembers_AreUpstreams() =>
        UpstreamApi.CheckAsync(typeof(Exporter.PrometheusAspNetCoreOptions).Assembly, "OpenTelemetry.Prometheus-1.18.0.txt");
}
