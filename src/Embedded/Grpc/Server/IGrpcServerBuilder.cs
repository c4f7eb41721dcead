using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Configures the gRPC server.</summary>
public interface IGrpcServerBuilder
{
    IServiceCollection Services { get; }
}
