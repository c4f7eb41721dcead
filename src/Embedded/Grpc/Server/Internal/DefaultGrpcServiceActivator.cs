using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Takes a service from the request's services or, when they lack it, constructs one for the call.</summary>
internal sealed class DefaultGrpcServiceActivator<TGrpcService> : IGrpcServiceActivator<TGrpcService>
    where TGrpcService : class
{
    private static readonly Lazy<ObjectFactory<TGrpcService>> Factory = new(static () => ActivatorUtilities.CreateFactory<TGrpcService>(Type.EmptyTypes));

    public GrpcActivatorHandle<TGrpcService> Create(IServiceProvider serviceProvider)
    {
        if (serviceProvider.GetService<TGrpcService>() is { } registered) return new GrpcActivatorHandle<TGrpcService>(registered, created: false, null);
        return new GrpcActivatorHandle<TGrpcService>(Factory.Value(serviceProvider, []), created: true, null);
    }

    public ValueTask ReleaseAsync(GrpcActivatorHandle<TGrpcService> service) => service.ReleaseAsync();
}
