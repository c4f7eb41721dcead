using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests.Files;

public sealed class FullDiskTests
{
    private static readonly ExperimentId One = new("one");

    [Fact]
    public async Task Append_FileAtItsBound_FailsClearlyAndKeepsWhatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStore.Open(new SqliteStoreOptions { Path = folder.At("orch.db"), MaxBytes = 1 << 20 });

        var version = await FillUp(store);

        Assert.Equal(version, (await ReadAll(store)).Count);
        await AssertFull(() => store.Journal.AppendAsync(One, version, [Large()], default));
    }

    [Fact]
    public async Task Append_OneThatDoesNotFitAmongOthers_FailsAlone()
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStore.Open(new SqliteStoreOptions { Path = folder.At("orch.db"), MaxBytes = 1 << 20 });
        await store.Journal.AppendAsync(One, 0, [Events.Submitted()], default);
        Task<long> before, tooLarge, after;
        using (new ForeignLock(folder.At("orch.db"))) // so that they wait, and share a transaction
        {
            _ = store.Journal.AppendAsync(new ExperimentId("first"), 0, [Events.Submitted()], default);
            before = store.Journal.AppendAsync(new ExperimentId("before"), 0, [Events.Submitted()], default);
            tooLarge = store.Journal.AppendAsync(One, 1, [Events.Submitted(source: new string('x', 2 << 20))], default);
            after = store.Journal.AppendAsync(new ExperimentId("after"), 0, [Events.Submitted()], default);
        }

        await AssertFull(() => tooLarge);
        Assert.Equal(1, await before);
        Assert.Equal(1, await after);
        Assert.Single(await ReadAll(store));
    }

    [TmpfsFact]
    public async Task Append_FullDisk_FailsClearlyAndGoesOnOnceThereIsSpace()
    {
        using var disk = new TmpfsFolder(4 << 20);
        using var store = SqliteStore.Open(disk.At("orch.db"));
        await File.WriteAllBytesAsync(disk.At("ballast"), new byte[1 << 20]);

        var version = await FillUp(store);
        Assert.Equal(version, (await ReadAll(store)).Count);
        File.Delete(disk.At("ballast"));

        Assert.Equal(version + 1, await store.Journal.AppendAsync(One, version, [Large()], default));
        Assert.Equal(version + 1, (await ReadAll(store)).Count);
    }

    [TmpfsFact]
    public void Open_FullDisk_FailsClearly()
    {
        using var disk = new TmpfsFolder(1 << 20);
        try
        {
            File.WriteAllBytes(disk.At("ballast"), new byte[2 << 20]);
        }
        catch (IOException)
        {
            // Full: as wanted.
        }

        var error = Assert.Throws<JournalUnavailableException>(() => SqliteStore.Open(disk.At("orch.db")));

        Assert.Contains(disk.At("orch.db"), error.Message);
    }

    private static ExperimentSubmitted Large() => Events.Submitted(source: new string('x', 20_000));

    private static async Task<long> FillUp(SqliteStore store)
    {
        for (var version = 0L; version < 10_000;)
        {
            try
            {
                version = await store.Journal.AppendAsync(One, version, [Large()], default);
            }
            catch (JournalUnavailableException e)
            {
                Assert.Contains("no space left", e.Message);
                return version;
            }
        }
        throw new InvalidOperationException("The disk never filled up.");
    }

    private static async Task AssertFull(Func<Task<long>> append) =>
        Assert.Contains("no space left", (await Assert.ThrowsAsync<JournalUnavailableException>(append)).Message);

    private static async Task<List<ExperimentEvent>> ReadAll(SqliteStore store)
    {
        var all = new List<ExperimentEvent>();
        await foreach (var (_, item) in store.Journal.ReadAsync(One, 0, default)) all.Add(item);
        return all;
    }
}
