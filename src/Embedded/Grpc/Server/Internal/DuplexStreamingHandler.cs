using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class DuplexStreamingHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> _method;
    private readonly DuplexStreamingServerMethod<TRequest, TResponse> _pipeline;

    public DuplexStreamingHandler(
        Method<TRequest, TResponse> method,
        MethodOptions options,
        IGrpcServiceActivator<TService> activator,
        ILogger logger,
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke)
        : base(method, options, activator, logger)
    {
        _method = invoke;
        _pipeline = Interceptors.Reverse().Aggregate((DuplexStreamingServerMethod<TRequest, TResponse>)InvokeServiceAsync, Intercept);
    }

    protected override Task InvokeAsync(ServerCall call) => _pipeline(CreateReader(call), CreateWriter(call), call.Context);

    private static DuplexStreamingServerMethod<TRequest, TResponse> Intercept(
        DuplexStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (requests, responses, context) =>
        {
            var interceptor = registration.Create(context.GetHttpContext().RequestServices);
            try
            {
                await interceptor.Instance.DuplexStreamingServerHandler(requests, responses, context, next).ConfigureAwait(false);
            }
            finally
            {
                await interceptor.ReleaseAsync().ConfigureAwait(false);
            }
        };

    private async Task InvokeServiceAsync(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = CreateService(context);
        try
        {
            await _method(service.Instance, requests, responses, context).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(service).ConfigureAwait(false);
        }
    }
}
