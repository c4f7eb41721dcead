using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps the methods of a service whose base class was generated from a .proto file.</summary>
    /// <exception cref="InvalidOperationException">AddGrpc was not called, or the type is no gRPC service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var factory = builder.ServiceProvider.GetService<ServiceEndpointFactory<TService>>()
            ?? throw new InvalidOperationException(
                "Unable to find the required services: call 'IServiceCollection.AddGrpc' when configuring the application's services.");
        return new GrpcServiceEndpointConventionBuilder(factory.Map(builder));
    }
}
