using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary><see cref="FakeExperiments"/> behind gRPC on a free loopback port.</summary>
public sealed class FakeCoordinator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeCoordinator(WebApplication app, FakeExperiments experiments)
    {
        _app = app;
        Experiments = experiments;
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(3);

    public FakeExperiments Experiments { get; }

    public string Address => _app.Urls.Single();

    public static async Task<FakeCoordinator> StartAsync(FakeExperiments? experiments = null)
    {
        experiments ??= new FakeExperiments();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(experiments);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeExperiments>();
        await app.StartAsync().WaitAsync(Patience);
        return new FakeCoordinator(app, experiments);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
