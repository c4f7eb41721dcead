using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Collectives;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Tasks.Tests;

/// <summary>The hosts of some workers in this process, over loopback, and their process group.</summary>
internal sealed class Workers : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly List<WebApplication> _hosts = [];

    internal IReadOnlyList<IProcessGroup> Groups { get; private set; } = [];

    internal static async Task<Workers> FormAsync(CollectiveKind kind, int worldSize)
    {
        var workers = new Workers();
        for (var rank = 0; rank < worldSize; rank++)
            workers._hosts.Add(await StartAsync());
        Uri[] peers = [.. workers._hosts.Select(AddressOf)];
        workers.Groups = await Task.WhenAll(workers._hosts.Select((host, rank) => host.Services.GetRequiredService<IProcessGroupFactory>().CreateAsync(
            new ProcessGroupOptions { GroupName = "test/1/1/1", Rank = rank, WorldSize = worldSize, Peers = peers, Kind = kind, Timeout = Limit })));
        return workers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var group in Groups)
            await group.DisposeAsync();
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    private static Uri AddressOf(WebApplication host) => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddCollectives();
        var host = builder.Build();
        host.MapCollectives();
        await host.StartAsync();
        return host;
    }
}
