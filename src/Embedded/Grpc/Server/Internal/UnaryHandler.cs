using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class UnaryHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, ServerCallContext, Task<TResponse>> _method;
    private readonly UnaryServerMethod<TRequest, TResponse> _pipeline;

    public UnaryHandler(
        Method<TRequest, TResponse> method,
        MethodOptions options,
        IGrpcServiceActivator<TService> activator,
        ILogger logger,
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> invoke)
        : base(method, options, activator, logger)
    {
        _method = invoke;
        _pipeline = Interceptors.Reverse().Aggregate((UnaryServerMethod<TRequest, TResponse>)InvokeServiceAsync, Intercept);
    }

    protected override async Task InvokeAsync(ServerCall call)
    {
        var request = await ReadSingleAsync(call).ConfigureAwait(false);
        WriteSingle(call, await _pipeline(request, call.Context).ConfigureAwait(false));
    }

    private static UnaryServerMethod<TRequest, TResponse> Intercept(UnaryServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (request, context) =>
        {
            var interceptor = registration.Create(context.GetHttpContext().RequestServices);
            try
            {
                return await interceptor.Instance.UnaryServerHandler(request, context, next).ConfigureAwait(false);
            }
            finally
            {
                await interceptor.ReleaseAsync().ConfigureAwait(false);
            }
        };

    private async Task<TResponse> InvokeServiceAsync(TRequest request, ServerCallContext context)
    {
        var service = CreateService(context);
        try
        {
            return await _method(service.Instance, request, context).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(service).ConfigureAwait(false);
        }
    }
}
