using Grpc.Protocol;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>Options of a channel.</summary>
public sealed class GrpcChannelOptions
{
    /// <value>Must agree with the address: secure for https, insecure for http. By default what the address says.</value>
    public ChannelCredentials? Credentials { get; set; }

    /// <value>Bytes; no limit when null, the default.</value>
    public int? MaxSendMessageSize { get; set; }

    /// <value>Bytes; no limit when null. 4 MiB by default.</value>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveMessageSize;

    /// <value>Where calls are logged; by default what <see cref="ServiceProvider"/> has.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <value>The client that sends the requests. By default the channel has its own.</value>
    public HttpClient? HttpClient { get; set; }

    /// <value>The handler that sends the requests: where TLS, client certificates and keep-alive are set. By default a <see cref="SocketsHttpHandler"/>.</value>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <value>Whether disposing the channel disposes <see cref="HttpClient"/> or <see cref="HttpHandler"/>.</value>
    public bool DisposeHttpClient { get; set; }

    /// <value>Whether cancelled and expired calls throw <see cref="OperationCanceledException"/> instead of <see cref="RpcException"/>.</value>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <value>Whether call credentials are sent on connections without TLS.</value>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    public IServiceProvider? ServiceProvider { get; set; }

    /// <value>2.0 by default.</value>
    public Version? HttpVersion { get; set; }

    public HttpVersionPolicy? HttpVersionPolicy { get; set; }

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
