using Grpc.Core;
using Grpc.Tests.Echoes;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests;

public sealed class ActivationTests
{
    [Fact]
    public async Task Service_NotRegistered_MadeAndDisposedPerCall()
    {
        var log = new Journal();
        await using var host = await GrpcHost.StartAsync<TracedService>(services: s => s.AddSingleton(log));
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal(["made", "disposed", "made", "disposed"], log.Entries);
    }

    [Fact]
    public async Task Service_Singleton_MadeOnce()
    {
        var log = new Journal();
        await using var host = await GrpcHost.StartAsync<TracedService>(services: s => s.AddSingleton(log).AddSingleton<TracedService>());
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal(["made"], log.Entries);
    }

    [Fact]
    public async Task Service_ScopedDependency_OnePerCall()
    {
        var log = new Journal();
        await using var host = await GrpcHost.StartAsync<ScopedService>(services: s => s.AddScoped(_ => new ScopedThing()));
        var first = await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        var second = await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.NotEqual(first.Text, second.Text);
        Assert.Empty(log.Entries);
    }

    private sealed class Journal
    {
        public List<string> Entries { get; } = [];
    }

    private sealed class TracedService : Echo.EchoBase, IDisposable
    {
        private readonly Journal _journal;

        public TracedService(Journal journal)
        {
            _journal = journal;
            _journal.Entries.Add("made");
        }

        public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoReply());

        public void Dispose() => _journal.Entries.Add("disposed");
    }

    private sealed class ScopedThing
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed class ScopedService(ScopedThing thing) : Echo.EchoBase
    {
        public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoReply { Text = $"{thing.Id}" });
    }
}
