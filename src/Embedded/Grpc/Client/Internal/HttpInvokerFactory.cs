namespace Grpc.Net.Client.Internal;

/// <summary>Chooses what sends the HTTP requests of a channel.</summary>
internal static class HttpInvokerFactory
{
    public static (HttpMessageInvoker Invoker, bool Dispose) Create(GrpcChannelOptions options)
    {
        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException(
                $"{nameof(GrpcChannelOptions.HttpClient)} and {nameof(GrpcChannelOptions.HttpHandler)} are both set: set one of them.", nameof(options));
        }

        if (options.HttpClient is not null) return (options.HttpClient, options.DisposeHttpClient);
        if (options.HttpHandler is not null) return (new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient), true);
        return (new HttpMessageInvoker(CreateHandler()), true);
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // A connection has at most as many calls as the server allows; without this, the next ones would wait.
        EnableMultipleHttp2Connections = true,
        // The gRPC specification's MIN_CONNECT_TIMEOUT.
        ConnectTimeout = TimeSpan.FromSeconds(20),
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
