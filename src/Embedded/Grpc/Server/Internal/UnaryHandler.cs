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

    private Task<TResponse> InvokeServiceAsync(TRequest request, ServerCallContext context)
    {
        var service = CreateService(context);
        Task<TResponse> response;
        try
        {
            response = _method(service.Instance, request, context);
        }
        catch (Exception e)
        {
            response = Task.FromException<TResponse>(e);
        }

        // Most answer at once, and their own task will do.
        if (!response.IsCompletedSuccessfully) return FinishAsync(response, service);
        var released = ReleaseAsync(service);
        return released.IsCompletedSuccessfully ? response : FinishAsync(response, released);
    }

    private static async Task<TResponse> FinishAsync(Task<TResponse> response, ValueTask released)
    {
        await released.ConfigureAwait(false);
        return await response.ConfigureAwait(false);
    }

    private async Task<TResponse> FinishAsync(Task<TResponse> response, GrpcActivatorHandle<TService> service)
    {
        try
        {
            return await response.ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(service).ConfigureAwait(false);
        }
    }
}
