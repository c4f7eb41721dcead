namespace Grpc.AspNetCore.Server;

/// <summary>Options of one service; what is not set is taken from <see cref="GrpcServiceOptions"/>.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
