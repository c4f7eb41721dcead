using Grpc.HealthCheck;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    /// <summary>Maps <c>grpc.health.v1.Health</c> over the application's health checks.</summary>
    /// <exception cref="InvalidOperationException">AddGrpcHealthChecks was not called.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<ServiceStatuses>() is null)
        {
            throw new InvalidOperationException(
                "Unable to find the required services: call 'IServiceCollection.AddGrpcHealthChecks' when configuring the application's services.");
        }
        return builder.MapGrpcService<HealthChecksService>();
    }
}
