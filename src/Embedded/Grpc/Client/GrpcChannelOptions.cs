using System.Security.Cryptography;
using Grpc.Net.Client.Configuration;
using Grpc.Net.Compression;
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

    /// <value>gzip by default.</value>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <value>Retry policies; none by default.</value>
    public ServiceConfig? ServiceConfig { get; set; }

    /// <value>The most attempts that a retry policy may ask for. 5 by default; no limit when null.</value>
    public int? MaxRetryAttempts { get; set; } = 5;

    /// <value>Bytes that all calls together may keep to send them again. 16 MiB by default; no limit when null.</value>
    public long? MaxRetryBufferSize { get; set; } = 16 * 1024 * 1024;

    /// <value>Bytes that one call may keep to send them again; beyond, it is not retried. 1 MiB by default; no limit when null.</value>
    public long? MaxRetryBufferPerCallSize { get; set; } = 1024 * 1024;

    /// <value>How long a call that waits for a connection waits after the first failure to connect; 1.6 times longer after each. 1 s by default.</value>
    public TimeSpan InitialReconnectBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>The longest such wait. 2 minutes by default; no limit when null.</value>
    public TimeSpan? MaxReconnectBackoff { get; set; } = TimeSpan.FromMinutes(2);

    /// <value>Jitter of the waits: uniform in [0, 1).</value>
    internal Func<double> Random { get; set; } = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
