using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ClientStreamingHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> _method;
    private readonly ClientStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ClientStreamingHandler(
        Method<TRequest, TResponse> method,
        MethodOptions options,
        IGrpcServiceActivator<TService> activator,
        ILogger logger,
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> invoke)
        : base(method, options, activator, logger)
    {
        _method = invoke;
        _pipeline = Interceptors.Reverse().Aggregate((ClientStreamingServerMethod<TRequest, TResponse>)InvokeServiceAsync, Intercept);
    }

    protected override async Task InvokeAsync(ServerCall call) =>
        WriteSingle(call, await _pipeline(CreateReader(call), call.Context).ConfigureAwait(false));

    private static ClientStreamingServerMethod<TRequest, TResponse> Intercept(
        ClientStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (requests, context) =>
        {
            var interceptor = registration.Create(context.GetHttpContext().RequestServices);
            try
            {
                return await interceptor.Instance.ClientStreamingServerHandler(requests, context, next).ConfigureAwait(false);
            }
            finally
            {
                await interceptor.ReleaseAsync().ConfigureAwait(false);
            }
        };

    private async Task<TResponse> InvokeServiceAsync(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
    {
        var service = CreateService(context);
        try
        {
            return await _method(service.Instance, requests, context).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(service).ConfigureAwait(false);
        }
    }
}
