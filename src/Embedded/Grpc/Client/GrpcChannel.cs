using System.Collections.Concurrent;
using Grpc.Net.Client.Internal;
using Grpc.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>A server to call over HTTP/2. Connections are made when calls need them and shared by all clients of the channel.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ConcurrentDictionary<IMethod, MethodRules> _rules = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IDisposable> _activeCalls = [];
    private readonly Lock _gate = new();
    private readonly bool _disposeInvoker;
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        MaxSendMessageSize = options.MaxSendMessageSize;
        MaxReceiveMessageSize = options.MaxReceiveMessageSize;
        ThrowOperationCanceledOnCancellation = options.ThrowOperationCanceledOnCancellation;
        HttpVersion = options.HttpVersion ?? System.Net.HttpVersion.Version20;
        HttpVersionPolicy = options.HttpVersionPolicy ?? System.Net.Http.HttpVersionPolicy.RequestVersionOrHigher;
        TimeProvider = options.TimeProvider;
        var loggers = options.LoggerFactory ?? options.ServiceProvider?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        CallLogger = loggers.CreateLogger("Grpc.Net.Client.Internal.GrpcCall");
        CallCredentials = ChannelCredentialsReader.Read(address, options);
        Compression = new CompressionProviders(options.CompressionProviders);
        RetryByName = MethodRules.ReadRetries(options.ServiceConfig, options.MaxRetryAttempts);
        RetryThrottle = options.ServiceConfig?.RetryThrottling is { } throttling ? new RetryThrottle(throttling) : null;
        RetryBufferQuota = new RetryBufferQuota(options.MaxRetryBufferPerCallSize, options.MaxRetryBufferSize);
        ReconnectBackoff = new ReconnectBackoff(options.InitialReconnectBackoff, options.MaxReconnectBackoff ?? TimeSpan.MaxValue);
        Random = options.Random;
        Sender = new RequestSender(this);
        (Invoker, _disposeInvoker) = HttpInvokerFactory.Create(options);
    }

    internal Uri Address { get; }

    internal HttpMessageInvoker Invoker { get; }

    internal Version HttpVersion { get; }

    internal HttpVersionPolicy HttpVersionPolicy { get; }

    internal int? MaxSendMessageSize { get; }

    internal int? MaxReceiveMessageSize { get; }

    internal bool ThrowOperationCanceledOnCancellation { get; }

    internal IReadOnlyList<CallCredentials> CallCredentials { get; }

    internal CompressionProviders Compression { get; }

    internal IReadOnlyDictionary<(string? Service, string? Method), RetryRules?> RetryByName { get; }

    internal RetryThrottle? RetryThrottle { get; }

    internal RetryBufferQuota RetryBufferQuota { get; }

    internal ReconnectBackoff ReconnectBackoff { get; }

    internal Func<double> Random { get; }

    internal RequestSender Sender { get; }

    internal TimeProvider TimeProvider { get; }

    internal ILogger CallLogger { get; }

    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ForAddress(new Uri(address), channelOptions);
    }

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <exception cref="ArgumentException">The address is not http or https, or the options contradict each other.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"Address '{address}' must start with http:// or https://.", nameof(address));
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HttpClientCallInvoker(this);
    }

    /// <summary>Cancels the calls in progress and closes the connections.</summary>
    public void Dispose()
    {
        IDisposable[] calls;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            calls = [.. _activeCalls];
        }

        foreach (var call in calls) call.Dispose();
        if (_disposeInvoker) Invoker.Dispose();
    }

    internal void Register(IDisposable call)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _activeCalls.Add(call);
        }
    }

    internal void Unregister(IDisposable call)
    {
        lock (_gate) _activeCalls.Remove(call);
    }

    internal MethodRules GetRules(IMethod method) => _rules.GetOrAdd(method, MethodRules.Create, this);
}
