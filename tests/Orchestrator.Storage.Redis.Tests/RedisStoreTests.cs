using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Building;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Tests;

public sealed class RedisStoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly ExperimentId One = new("one");

    [Fact]
    public async Task Append_ServerKilledAndRestartedInBetween_ReconnectsAndHasEverythingAcknowledged()
    {
        using var server = new RedisServer();
        using var store = RedisStore.Open(Options(server) with { Timeout = TimeSpan.FromSeconds(3) });
        var version = await store.Journal.AppendAsync(One, 0, Events.Reports(300), default);
        await store.Checkpoints.FenceAsync(new AttemptId(new TrialId(One, 1), 2), default);

        server.Kill();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.AppendAsync(One, version, Events.Reports(1, version + 1), default).WaitAsync(Patience));
        server.Restart();

        version = await AppendOnceConnected(store, version);
        Assert.Equal(301, version);
        Assert.Equal(301, (await ReadAll(store)).Count);
        var stale = new CheckpointRecord(new AttemptId(new TrialId(One, 1), 1), 1, 1, "file:///x", new string('a', 64), 1, null, Events.At);
        Assert.False(await store.Checkpoints.RegisterAsync(stale, default));
    }

    [Fact]
    public void Open_NoServer_SaysWhereAndWhatToDo()
    {
        var server = new RedisServer();
        server.Dispose();

        var error = Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(Options(server)));

        Assert.Contains($"127.0.0.1:{server.Port}", error.Message);
        Assert.Contains("Start it", error.Message);
    }

    [Fact]
    public async Task Open_Password_IsUsedAndNeverTold()
    {
        using var server = RedisServer.With("--requirepass", "s3cret/pass");
        var wrong = new RedisStoreOptions { Url = $"redis://:wr0ng@127.0.0.1:{server.Port}", Timeout = TimeSpan.FromSeconds(10) };

        var error = Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(wrong));
        Assert.DoesNotContain("wr0ng", error.ToString());

        using var store = RedisStore.Open(wrong with { Url = $"redis://:s3cret%2Fpass@127.0.0.1:{server.Port}/3" });
        Assert.Equal(1, await store.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
    }

    [Fact]
    public void Open_ServerThatForgets_IsRefusedUnlessAllowed()
    {
        using var server = RedisServer.With("--appendonly", "no");

        Assert.Contains("append-only", Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(Options(server))).Message);
        RedisStore.Open(Options(server) with { RequireAppendOnlyFile = false }).Dispose();
    }

    [Fact]
    public async Task Open_NewerLayout_IsRefused()
    {
        using var server = new RedisServer();
        using var client = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        await client.GetDatabase().StringSetAsync("{orch}:layout", 99);

        Assert.Contains("layout 99", Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(Options(server))).Message);
    }

    [Fact]
    public async Task Append_ServerOutOfMemory_SaysSoAndKeepsWhatWasThere()
    {
        using var server = RedisServer.With("--maxmemory", "6mb", "--maxmemory-policy", "noeviction");
        using var store = RedisStore.Open(Options(server));
        var version = 0L;

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            while (version < 10_000) version = await store.Journal.AppendAsync(One, version, [Events.Submitted(source: new string('x', 20_000))], default);
        });

        Assert.Contains("OOM", error.Message);
        Assert.Equal(version, (await ReadAll(store)).Count);
    }

    [Fact]
    public async Task Read_MissingSegment_SaysWhichEvent()
    {
        using var server = new RedisServer();
        using var store = RedisStore.Open(Options(server));
        await store.Journal.AppendAsync(One, 0, Events.Reports(600), default);
        using var client = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        await client.GetDatabase().KeyDeleteAsync("{orch}:journal:one:1");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => ReadAll(store));

        Assert.Contains("Event 257 of one", error.Message);
    }

    [Fact]
    public async Task Stores_OfTwoPrefixes_ShareAServerButNothingElse()
    {
        using var server = new RedisServer();
        using var first = RedisStore.Open(Options(server) with { Prefix = "first" });
        using var second = RedisStore.Open(Options(server) with { Prefix = "second" });

        await first.Journal.AppendAsync(One, 0, [Events.Submitted()], default);

        Assert.Empty(await second.Journal.ListAsync(default));
        Assert.Equal(1, await second.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://localhost")]
    [InlineData("redis://")]
    [InlineData("redis://localhost/first")]
    [InlineData("redis://somebody:hunter2@localhost")]
    public void Open_BadUrl_SaysTheFormButNotTheUrl(string url)
    {
        var error = Assert.Throws<FormatException>(() => RedisStore.Open(new RedisStoreOptions { Url = url }));

        Assert.DoesNotContain("hunter2", error.Message);
    }

    [Fact]
    public void Open_BadPrefix_IsRefused() => Assert.Throws<FormatException>(() => RedisStore.Open(new RedisStoreOptions { Url = "redis://localhost", Prefix = "a:b" }));

    [Fact]
    public void AddRedisStorage_GivesThePortsOfOneStore()
    {
        using var server = new RedisServer();
        using var provider = new ServiceCollection().AddRedisStorage(Options(server)).BuildServiceProvider();

        var store = provider.GetRequiredService<RedisStore>();

        Assert.Same(store.Journal, provider.GetRequiredService<IExperimentJournal>());
        Assert.Same(store.Checkpoints, provider.GetRequiredService<ICheckpointCatalogue>());
    }

    private static RedisStoreOptions Options(RedisServer server) => new() { Url = server.Url, Timeout = TimeSpan.FromSeconds(10) };

    private static async Task<long> AppendOnceConnected(RedisStore store, long version)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await store.Journal.AppendAsync(One, version, Events.Reports(1, version + 1), patience.Token);
            }
            catch (JournalConflictException e)
            {
                return e.Actual; // the try before was written, and its answer lost
            }
            catch (JournalUnavailableException)
            {
                // Not connected again within the time-out of one call.
            }
        }
    }

    private static async Task<List<ExperimentEvent>> ReadAll(RedisStore store)
    {
        var all = new List<ExperimentEvent>();
        await foreach (var (_, item) in store.Journal.ReadAsync(One, 0, default)) all.Add(item);
        return all;
    }
}
