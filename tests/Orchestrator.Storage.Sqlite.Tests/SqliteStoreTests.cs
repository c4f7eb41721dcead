using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Sqlite.Tests.Files;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly ExperimentId One = new("one");

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("orch.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_TwoStoresOnOneFile_VersionsHoldBetweenThem()
    {
        using var first = SqliteStore.Open(Path);
        using var second = SqliteStore.Open(Path);
        await first.Journal.AppendAsync(One, 0, [Events.Submitted()], default);

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => second.Journal.AppendAsync(One, 0, [Events.Submitted()], default));

        Assert.Equal(1, conflict.Actual);
        Assert.Equal(2, await second.Journal.AppendAsync(One, 1, [Events.Proposed(1)], default));
    }

    [Fact]
    public async Task Append_FileHeldByAnotherProcess_FailsAfterTheTimeout()
    {
        using var store = SqliteStore.Open(new SqliteStoreOptions { Path = Path, BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using var held = new ForeignLock(Path);

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Journal.AppendAsync(One, 0, [Events.Submitted()], default).WaitAsync(Patience));

        Assert.Contains("held by another process", error.Message);
    }

    [Fact]
    public async Task Append_CancelledInTheQueue_WritesNothing()
    {
        using var store = SqliteStore.Open(Path);
        using var cancel = new CancellationTokenSource();
        Task<long> first, second;
        using (new ForeignLock(Path))
        {
            first = store.Journal.AppendAsync(new ExperimentId("first"), 0, [Events.Submitted()], default);
            // The writer may have both before it meets the lock; so many more than one batch, that the last is surely in the queue.
            for (var i = 0; i < 1_000; i++) _ = store.Journal.AppendAsync(new ExperimentId($"filler-{i}"), 0, [Events.Submitted()], default);
            second = store.Journal.AppendAsync(One, 0, [Events.Submitted()], cancel.Token);
            await cancel.CancelAsync();
        }

        await first.WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        Assert.DoesNotContain(One, await store.Journal.ListAsync(default));
    }

    [Fact]
    public async Task Append_MoreThanTheQueueHolds_AllAreWritten()
    {
        const int appends = 10_000;
        using var store = SqliteStore.Open(Path);
        Task<long>[] tasks;
        using (new ForeignLock(Path))
            tasks = [.. Enumerable.Range(0, appends).Select(i => store.Journal.AppendAsync(new ExperimentId($"e-{i}"), 0, [Events.Proposed(1)], default))];

        Assert.All(await Task.WhenAll(tasks).WaitAsync(Patience), version => Assert.Equal(1, version));
        Assert.Equal(appends, (await store.Journal.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Dispose_WithQueuedAppends_WritesThemFirst()
    {
        var store = SqliteStore.Open(Path);
        var appends = Enumerable.Range(0, 200).Select(i => store.Journal.AppendAsync(new ExperimentId($"e-{i}"), 0, [Events.Proposed(1)], default)).ToArray();
        store.Dispose();

        await Task.WhenAll(appends).WaitAsync(Patience);

        using var reopened = SqliteStore.Open(Path);
        Assert.Equal(200, (await reopened.Journal.ListAsync(default)).Count);
    }

    [Fact]
    public async Task AfterDispose_EveryCall_SaysThatItIsClosed()
    {
        var store = SqliteStore.Open(Path);
        store.Dispose();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Journal.AppendAsync(One, 0, [Events.Submitted()], default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Journal.ListAsync(default));
    }

    [Fact]
    public async Task Dispose_LeavesOneFileWithoutItsLog()
    {
        using (var store = SqliteStore.Open(Path)) await store.Journal.AppendAsync(One, 0, [Events.Submitted()], default);

        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void AddSqliteStorage_GivesThePortsOfOneStore()
    {
        using var provider = new ServiceCollection().AddSqliteStorage(Path).BuildServiceProvider();

        var store = provider.GetRequiredService<SqliteStore>();

        Assert.Same(store.Journal, provider.GetRequiredService<IExperimentJournal>());
        Assert.Same(store.Checkpoints, provider.GetRequiredService<ICheckpointCatalogue>());
        Assert.Same(store.Metrics, provider.GetRequiredService<IMetricStore>());
        Assert.Same(store.Budgets, provider.GetRequiredService<IBudgetLedger>());
    }

    [Fact]
    public async Task Open_FileOfTheFirstVersion_IsUpgradedAndKeepsItsContent()
    {
        using (var store = SqliteStore.Open(Path)) await store.Journal.AppendAsync(One, 0, [Events.Submitted()], default);
        using (var session = new Database.SqliteDatabase(new SqliteStoreOptions { Path = Path }).Open())
            session.Execute("DROP TABLE point; DROP TABLE curve; DROP TABLE device_time; PRAGMA user_version = 1");

        using var upgraded = SqliteStore.Open(Path);

        Assert.Equal([One], await upgraded.Journal.ListAsync(default));
        await upgraded.Metrics.AppendAsync(new AttemptId(new TrialId(One, 1), 1), [new("loss", 1, 0.5)], default);
    }

    [Fact]
    public void Session_IsDurableAgainstPowerLoss()
    {
        using var session = new Database.SqliteDatabase(new SqliteStoreOptions { Path = Path }).Open();

        Assert.Equal(2, session.Scalar("PRAGMA synchronous")); // FULL
    }
}
