using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Collectives.Hub;

namespace Orchestrator.Collectives;

/// <summary>Puts process groups into a worker's host.</summary>
public static class CollectivesExtensions
{
    /// <summary>Adds the process group factory, and the hub that leads other ranks' streams to this worker's groups.</summary>
    /// <param name="services">The host's services, which have gRPC (AddGrpc).</param>
    public static IServiceCollection AddCollectives(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CollectiveHub>();
        services.TryAddSingleton<IProcessGroupFactory, ProcessGroupFactory>();
        return services;
    }

    /// <summary>Lets other ranks reach this worker's groups: the ProcessGroups service of collectives.proto.</summary>
    /// <param name="endpoints">The host's endpoints, on HTTP/2.</param>
    /// <returns>For conventions of the endpoints: authorization, for one.</returns>
    public static IEndpointConventionBuilder MapCollectives(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<CollectivesService>();
}
