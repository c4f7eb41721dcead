namespace Grpc.AspNetCore.Server;

/// <summary>Makes the service instance of a call and releases it.</summary>
public interface IGrpcServiceActivator<TGrpcService>
    where TGrpcService : class
{
    GrpcActivatorHandle<TGrpcService> Create(IServiceProvider serviceProvider);

    ValueTask ReleaseAsync(GrpcActivatorHandle<TGrpcService> service);
}
