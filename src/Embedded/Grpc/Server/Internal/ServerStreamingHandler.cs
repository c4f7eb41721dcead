using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ServerStreamingHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> _method;
    private readonly ServerStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ServerStreamingHandler(
        Method<TRequest, TResponse> method,
        MethodOptions options,
        IGrpcServiceActivator<TService> activator,
        ILogger logger,
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke)
        : base(method, options, activator, logger)
    {
        _method = invoke;
        _pipeline = Interceptors.Reverse().Aggregate((ServerStreamingServerMethod<TRequest, TResponse>)InvokeServiceAsync, Intercept);
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        var request = await ReadSingleAsync(call).ConfigureAwait(false);
        await _pipeline(request, CreateWriter(call), call.Context).ConfigureAwait(false);
    }

    private static ServerStreamingServerMethod<TRequest, TResponse> Intercept(
        ServerStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (request, responses, context) =>
        {
            var interceptor = registration.Create(context.GetHttpContext().RequestServices);
            try
            {
                await interceptor.Instance.ServerStreamingServerHandler(request, responses, context, next).ConfigureAwait(false);
            }
            finally
            {
                await interceptor.ReleaseAsync().ConfigureAwait(false);
            }
        };

    private async Task InvokeServiceAsync(TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = CreateService(context);
        try
        {
            await _method(service.Instance, request, responses, context).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(service).ConfigureAwait(false);
        }
    }
}
