using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Orchestrator.Coordinator.Access;

/// <summary>Answers PERMISSION_DENIED over gRPC, whatever streams a call has.</summary>
internal sealed class AccessDeniedInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Answer(continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        Answer(continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Answer(continuation(request, responseStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Answer(continuation(requestStream, responseStream, context));

    private static async Task<T> Answer<T>(Task<T> call)
    {
        await Answer((Task)call);
        return await call;
    }

    private static async Task Answer(Task call)
    {
        try
        {
            await call;
        }
        catch (AccessDeniedException exception)
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, exception.Message));
        }
    }
}
