using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Collectives;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.TestKit.Files;
using Orchestrator.Worker.Access;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Tests;

/// <summary>The port for other ranks of workers that share a token and have no certificates.</summary>
public sealed class RankPortTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly string _token = Tokens.New();
    private WebApplication _first = null!;
    private WebApplication _second = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.At("token"), _token + "\n");
        (_first, _second) = (await Start("w1"), await Start("w2"));
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ranks_WithTheToken_FormAGroupAndReduce()
    {
        var sums = await Task.WhenAll(Reduce(_first, rank: 0, 1), Reduce(_second, rank: 1, 2)).WaitAsync(Patience);

        Assert.Equal([3f, 3f], sums);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("orch_another")]
    public async Task Join_WithoutTheToken_IsUnauthenticated(string? token)
    {
        using var channel = GrpcChannel.ForAddress(Address(_first));
        var headers = new Metadata();
        if (token is not null) headers.Add("authorization", $"Bearer {token}");
        var client = new ProcessGroups.ProcessGroupsClient(channel);

        using var join = client.Join(headers);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => join.ResponseStream.MoveNext(default).WaitAsync(Patience))).StatusCode);
        using var pull = client.Pull(headers);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => pull.ResponseStream.MoveNext(default).WaitAsync(Patience))).StatusCode);
    }

    private async Task<WebApplication> Start(string name)
    {
        var options = new WorkerOptions { Coordinator = new Uri("http://127.0.0.1:1"), Name = name, TokenFile = _folder.At("token") };
        var app = WorkerHost.Build(options, new WorkerAccess(options, TimeProvider.System));
        await app.StartAsync();
        return app;
    }

    private async Task<float> Reduce(WebApplication worker, int rank, float value)
    {
        var options = new ProcessGroupOptions { GroupName = "e-1/1/1/1", Rank = rank, WorldSize = 2, Peers = [Address(_first), Address(_second)], Kind = CollectiveKind.Grpc, Timeout = Patience };
        await using var group = await worker.Services.GetRequiredService<IProcessGroupFactory>().CreateAsync(options);
        var values = GC.AllocateArray<float>(1, pinned: true);
        values[0] = value;
        await group.AllReduceAsync(ReduceBuffer.From(values));
        return values[0];
    }

    private static Uri Address(WebApplication app) => new(app.Urls.First());
}
