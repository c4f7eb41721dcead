using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Protocol;

namespace Orchestrator.Worker.Tests.Support;

/// <summary>The coordinator's end of the worker streams: hands each stream to the test.</summary>
internal sealed class FakeCoordinator : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly WebApplication _app;
    private readonly Streams _streams;

    private FakeCoordinator(WebApplication app, Streams streams) => (_app, _streams) = (app, streams);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<FakeCoordinator> Start()
    {
        var streams = new Streams();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(streams);
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new FakeCoordinator(app, streams);
    }

    /// <summary>The next stream that a worker opens.</summary>
    public async Task<WorkerStream> NextStream()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _streams.Opened.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    internal sealed class Streams
    {
        public Channel<WorkerStream> Opened { get; } = Channel.CreateUnbounded<WorkerStream>();
    }

    internal sealed class Service(Streams streams) : Workers.WorkersBase
    {
        public override async Task Connect(IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<CoordinatorMessage> responseStream, ServerCallContext context)
        {
            var stream = new WorkerStream(requestStream, responseStream);
            await streams.Opened.Writer.WriteAsync(stream);
            await stream.Over.WaitAsync(context.CancellationToken);
        }
    }
}
