using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Processes;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Tests;

public sealed class LeaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly ExperimentId One = new("one");

    private readonly RedisServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Open_WhileAnotherHolderLives_SaysSo()
    {
        await using var first = Open("a", TimeSpan.FromSeconds(3));

        var error = Assert.Throws<JournalUnavailableException>(() => Open("b", TimeSpan.FromSeconds(3)));

        Assert.Matches($"Another coordinator works under the prefix 'orch' of Redis at 127.0.0.1:{_server.Port}: end it, or take another prefix", error.Message);
        Assert.Equal(1, await first.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
        Assert.False(first.LeaseLost.IsCompleted);
    }

    [Fact]
    public async Task Open_AfterTheHolderGaveTheLeaseBack_TakesItAtOnce()
    {
        await Open("a", TimeSpan.FromDays(1)).DisposeAsync();

        await using var second = Open("b", TimeSpan.FromDays(1));

        Assert.Equal(1, await second.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
    }

    [Fact]
    public async Task Open_AfterTheHolderFellSilent_TakesOverAndTheFormerWritesNothingMore()
    {
        await using var first = Open("a", TimeSpan.FromDays(1)); // renewed in eight hours: as silent as a stopped process
        var attempt = new AttemptId(new TrialId(One, 1), 1);
        await first.Journal.AppendAsync(One, 0, [Events.Submitted()], default);
        await Expire();

        await using var second = Open("b", TimeSpan.FromDays(1));
        Assert.Equal(2, await second.Journal.AppendAsync(One, 1, Events.Reports(1, 2), default));

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => first.Journal.AppendAsync(One, 2, Events.Reports(1, 3), default));
        Assert.Contains("another coordinator has taken this prefix over", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => first.Checkpoints.FenceAsync(attempt, default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => first.Checkpoints.RemoveAsync(attempt.Trial, "file:///x", default));
        await first.LeaseLost.WaitAsync(Patience);
        Assert.Equal(3, await second.Journal.AppendAsync(One, 2, Events.Reports(1, 3), default));
    }

    [Fact]
    public async Task Renewal_AfterAnotherTookOver_TellsThatTheLeaseIsLost()
    {
        await using var first = Open("a", TimeSpan.FromSeconds(1));
        using var client = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_server.Port}");

        await client.GetDatabase().StringIncrementAsync("{orch}:lease");

        await first.LeaseLost.WaitAsync(Patience);
    }

    [Fact]
    public async Task Open_TheSameHolderAgain_TakesItAtOnceFromItsFormerProcess()
    {
        await using var former = Open("a", TimeSpan.FromDays(1));

        await using var again = Open("a", TimeSpan.FromDays(1));

        Assert.Equal(1, await again.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => former.Journal.AppendAsync(One, 1, Events.Reports(1, 2), default));
    }

    private RedisStore Open(string holder, TimeSpan lease) => RedisStore.Open(new RedisStoreOptions { Url = _server.Url, Timeout = TimeSpan.FromSeconds(10), Holder = holder, Lease = lease });

    private async Task Expire()
    {
        using var client = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_server.Port}");
        await client.GetDatabase().KeyDeleteAsync("{orch}:owner");
    }
}
