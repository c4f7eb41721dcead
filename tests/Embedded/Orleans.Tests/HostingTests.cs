using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class HostingTests
{
    internal interface IKnocked : IGrainWithStringKey
    {
        Task Knock();
        Task<int> Knocks();
        Task Wait(string gate, GrainCancellationToken token);
    }

    internal sealed class KnockedGrain : Grain, IKnocked
    {
        private int _knocks;

        public Task Knock()
        {
            _knocks++;
            return Task.CompletedTask;
        }

        public Task<int> Knocks() => Task.FromResult(_knocks);

        public async Task Wait(string gate, GrainCancellationToken token)
        {
            Gates.Open(gate);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token.CancellationToken);
        }
    }

    [Fact]
    public async Task StartupTask_RunsBeforeTheHostHasStarted_AndMayCallGrains()
    {
        await using var silo = await TestSilo.StartAsync(b => b.AddStartupTask(
            (services, _) => services.GetRequiredService<IGrainFactory>().GetGrain<IKnocked>("door").Knock()));

        Assert.Equal(1, await silo.Grains.GetGrain<IKnocked>("door").Knocks());
    }

    [Fact]
    public async Task ClusterClient_IsAnotherFaceOfTheFactory()
    {
        await using var silo = await TestSilo.StartAsync();

        var client = silo.Services.GetRequiredService<IClusterClient>();

        Assert.Equal(0, await client.GetGrain<IKnocked>("client").Knocks());
    }

    [Fact]
    public async Task GrainCancellationToken_ReachesTheGrain()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new GrainCancellationTokenSource();
        var gate = Guid.NewGuid().ToString();
        var call = silo.Grains.GetGrain<IKnocked>("token").Wait(gate, source.Token);
        await Gates.Opened(gate);

        await source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Queue_OverItsLimit_RefusesRequests()
    {
        await using var silo = await TestSilo.StartAsync(b => b.Configure<SiloMessagingOptions>(o => o.MaxEnqueuedRequestsHardLimit = 2));
        using var source = new GrainCancellationTokenSource();
        var gate = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<IKnocked>("full");
        var running = grain.Wait(gate, source.Token);
        await Gates.Opened(gate);
        Task[] waiting = [grain.Knock(), grain.Knock()];

        await Assert.ThrowsAsync<LimitExceededException>(grain.Knock);

        await source.Cancel();
        await Task.WhenAll(waiting).WaitAsync(TestSilo.Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
