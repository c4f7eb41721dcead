using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.HealthCheck;

/// <summary>Tells watchers what the application's health checks found; called by the framework, as often as <see cref="HealthCheckPublisherOptions"/> says.</summary>
internal sealed class HealthChecksPublisher(HealthServiceImpl published, ServiceStatuses statuses) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var service in statuses.Services) published.SetStatus(service.Name, statuses.Read(service, report));
        return Task.CompletedTask;
    }
}
