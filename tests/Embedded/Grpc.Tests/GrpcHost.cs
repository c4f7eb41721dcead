using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Grpc.Tests.Echoes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests;

/// <summary>A server on a free loopback port and a channel to it.</summary>
public sealed class GrpcHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GrpcHost(WebApplication app, GrpcChannel channel)
    {
        _app = app;
        Channel = channel;
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(3);

    public GrpcChannel Channel { get; }

    public Echo.EchoClient Client => new(Channel);

    public string Address => _app.Urls.Single();

    public static Task<GrpcHost> StartAsync(
        EchoBehaviour? behaviour = null,
        Action<GrpcServiceOptions>? server = null,
        GrpcChannelOptions? client = null,
        Action<IServiceCollection>? services = null,
        Action<KestrelServerOptions>? kestrel = null,
        Action<ListenOptions>? listen = null,
        Action<IEndpointRouteBuilder>? map = null) => StartAsync<EchoService>(behaviour, server, client, services, kestrel, listen, map);

    public static async Task<GrpcHost> StartAsync<TService>(
        EchoBehaviour? behaviour = null,
        Action<GrpcServiceOptions>? server = null,
        GrpcChannelOptions? client = null,
        Action<IServiceCollection>? services = null,
        Action<KestrelServerOptions>? kestrel = null,
        Action<ListenOptions>? listen = null,
        Action<IEndpointRouteBuilder>? map = null)
        where TService : class
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(o =>
        {
            kestrel?.Invoke(o);
            o.Listen(IPAddress.Loopback, 0, l =>
            {
                l.Protocols = HttpProtocols.Http2;
                listen?.Invoke(l);
            });
        });
        builder.Services.AddSingleton(behaviour ?? new EchoBehaviour());
        builder.Services.AddGrpc(server ?? (_ => { }));
        services?.Invoke(builder.Services);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.MapGrpcService<TService>();
        map?.Invoke(app);
        await app.StartAsync().WaitAsync(Patience);
        return new GrpcHost(app, GrpcChannel.ForAddress(app.Urls.Single(), client ?? new GrpcChannelOptions()));
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
