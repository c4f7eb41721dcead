using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orchestrator.Worker.Hosting;

/// <summary>A worker is ready when the coordinator knows it.</summary>
internal sealed class Readiness : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "registered";

    private volatile Func<bool> _isRegistered = () => false;

    /// <summary>Asks this from now on.</summary>
    public void Watch(Func<bool> isRegistered) => _isRegistered = isRegistered;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isRegistered() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The coordinator does not know this worker now."));
}
