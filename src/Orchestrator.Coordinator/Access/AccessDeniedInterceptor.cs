using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Orchestrator.Coordinator.Access;

/// <summary>Answers PERMISSION_DENIED over gRPC. What can be denied is unary.</summary>
internal sealed class AccessDeniedInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (AccessDeniedException exception)
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, exception.Message));
        }
    }
}
