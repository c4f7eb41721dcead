using Grpc.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Serves the calls of one method: everything but what differs with the method's type.</summary>
internal abstract partial class ServerCallHandler<TService, TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, IGrpcServiceActivator<TService> activator, ILogger logger)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method => method;

    protected IReadOnlyList<InterceptorRegistration> Interceptors => options.Interceptors;

    public async Task HandleAsync(HttpContext http)
    {
        if (!RequestCheck.Accept(http)) return;
        LiftBodyLimits(http);
        http.Response.ContentType = GrpcProtocol.ContentType;
        var encoding = http.Request.Headers[GrpcProtocol.EncodingHeader].ToString();
        if (!options.Compression.TryGet(encoding, out var provider))
        {
            http.Response.Headers[GrpcProtocol.AcceptEncodingHeader] = options.Compression.AcceptEncoding;
            HeaderWriter.Write(http.Response.Headers, new Status(StatusCode.Unimplemented, options.Compression.UnknownEncoding(encoding)), null);
            return;
        }

        using var call = new ServerCall(http, method, options, provider);
        var handler = RunAsync(call);
        if (call.Deadline is { } deadline && !handler.IsCompleted)
        {
            await deadline.RaceAsync(handler).ConfigureAwait(false);
            if (!handler.IsCompleted) await call.EndNowAsync(DeadlineExceeded).ConfigureAwait(false);
        }

        await handler.ConfigureAwait(false);
    }

    private static Status DeadlineExceeded => new(StatusCode.DeadlineExceeded, "Deadline Exceeded");

    /// <summary>Reads what the method takes, runs the handler and writes what it returns.</summary>
    protected abstract Task InvokeAsync(ServerCall call);

    protected ServerStreamWriter<TResponse> CreateWriter(ServerCall call) => new(call, method.ResponseMarshaller.ContextualSerializer);

    protected ServerStreamReader<TRequest> CreateReader(ServerCall call) => new(call, method.RequestMarshaller.ContextualDeserializer);

    protected ValueTask<TRequest> ReadSingleAsync(ServerCall call) =>
        call.Reader.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer, call.DeadlineToken);

    protected void WriteSingle(ServerCall call, TResponse? response)
    {
        if (response is null) throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        call.Writer.Write(response, method.ResponseMarshaller.ContextualSerializer, call.Context.WriteOptions?.Flags ?? default);
    }

    protected GrpcActivatorHandle<TService> CreateService(ServerCallContext context) => activator.Create(context.GetHttpContext().RequestServices);

    protected ValueTask ReleaseAsync(GrpcActivatorHandle<TService> service) => activator.ReleaseAsync(service);

    private static void LiftBodyLimits(HttpContext http)
    {
        // Streams may be long and slow; each message has its own limit.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
    }

    private async Task RunAsync(ServerCall call)
    {
        try
        {
            await InvokeAsync(call).ConfigureAwait(false);
            call.End(call.Deadline is { HasPassed: true } ? DeadlineExceeded : call.Context.Status);
        }
        catch (Exception e)
        {
            call.End(StatusOf(call, e));
        }
    }

    private Status StatusOf(ServerCall call, Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                foreach (var entry in rpc.Trailers) call.Context.ResponseTrailers.Add(entry);
                LogStatus(logger, method.FullName, rpc.StatusCode, rpc.Status.Detail);
                return rpc.Status;
            case GrpcProtocolException protocol:
                LogBadMessage(logger, protocol, method.FullName, protocol.Status.StatusCode);
                return protocol.Status;
        }

        if (call.Deadline is { HasPassed: true }) return DeadlineExceeded;
        if (call.Context.HttpContext.RequestAborted.IsCancellationRequested || exception is OperationCanceledException or IOException)
        {
            LogCancelled(logger, method.FullName);
            return new Status(StatusCode.Cancelled, "The call was cancelled.");
        }

        LogFailed(logger, exception, method.FullName);
        var detail = options.EnableDetailedErrors ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}" : "Exception was thrown by handler.";
        return new Status(StatusCode.Unknown, detail, exception);
    }

    [LoggerMessage(1, LogLevel.Error, "Error when executing service method {Method}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method);

    [LoggerMessage(2, LogLevel.Information, "{Method} ended with status {StatusCode}: {Detail}")]
    private static partial void LogStatus(ILogger logger, string method, StatusCode statusCode, string detail);

    [LoggerMessage(3, LogLevel.Information, "{Method} ended with status {StatusCode} because a message could not be read or written.")]
    private static partial void LogBadMessage(ILogger logger, Exception exception, string method, StatusCode statusCode);

    [LoggerMessage(4, LogLevel.Debug, "{Method} was cancelled by its client, or its connection was lost.")]
    private static partial void LogCancelled(ILogger logger, string method);
}
