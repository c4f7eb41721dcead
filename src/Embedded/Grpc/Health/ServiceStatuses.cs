using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>What the application's health checks say of each mapped service.</summary>
internal sealed class ServiceStatuses(HealthCheckService checks, IOptions<GrpcHealthChecksOptions> options, IOptions<HealthCheckServiceOptions> registered)
{
    public IEnumerable<ServiceMapping> Services => options.Value.Services;

    /// <summary>Runs the health checks of a service.</summary>
    /// <returns><see cref="ServingStatus.ServiceUnknown"/> if it is not mapped, <see cref="ServingStatus.Unknown"/> if no check is its own.</returns>
    public async Task<ServingStatus> CheckAsync(string service, CancellationToken cancellationToken) =>
        options.Value.Services.TryGet(service, out var mapping)
            ? Summarize((await checks.CheckHealthAsync(check => Concerns(mapping, check), cancellationToken).ConfigureAwait(false)).Entries.Values)
            : ServingStatus.ServiceUnknown;

    /// <summary>The status of a service by a report of all checks.</summary>
    public ServingStatus Read(ServiceMapping mapping, HealthReport report) =>
        Summarize(registered.Value.Registrations
            .Where(check => Concerns(mapping, check) && report.Entries.ContainsKey(check.Name))
            .Select(check => report.Entries[check.Name]));

    private static bool Concerns(ServiceMapping mapping, HealthCheckRegistration check) =>
        mapping.HealthCheckPredicate is { } concerns && concerns(new HealthCheckMapContext(check.Name, check.Tags));

    private static ServingStatus Summarize(IEnumerable<HealthReportEntry> entries)
    {
        var status = ServingStatus.Unknown;
        foreach (var entry in entries)
        {
            if (entry.Status == HealthStatus.Unhealthy) return ServingStatus.NotServing;
            status = ServingStatus.Serving;
        }
        return status;
    }
}
