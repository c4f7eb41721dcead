using Microsoft.Data.Sqlite;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Storage.Sqlite.Tests.Files;

public sealed class BadFileTests : IDisposable
{
    private static readonly ExperimentId One = new("one");

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("orch.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_TextFile_SaysThatItIsNotADatabase()
    {
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat("not a database\n", 1000)));

        AssertRefused("is not a database");
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        Sql("CREATE TABLE songs (title TEXT); PRAGMA user_version = 1");

        AssertRefused("another program");
        Assert.Equal("songs", Sql("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public void Open_NewerSchema_SaysWhichVersions()
    {
        SqliteStore.Open(Path).Dispose();
        Sql("PRAGMA user_version = 99");

        AssertRefused("schema version 99");
    }

    [Fact]
    public void Open_Folder_SaysThatItCannotBeOpened()
    {
        Directory.CreateDirectory(Path);

        AssertRefused("can't be opened for writing");
    }

    [Fact]
    public void Open_FileInsteadOfItsFolder_SaysThatTheFolderCannotBeMade()
    {
        var file = _folder.Write("file", "");

        var error = Assert.Throws<JournalUnavailableException>(() => SqliteStore.Open(System.IO.Path.Combine(file, "orch.db")));

        Assert.Contains("can't be made", error.Message);
    }

    [Fact]
    public void Open_MissingFolder_MakesIt()
    {
        var path = _folder.At("a", "b", "orch.db");

        SqliteStore.Open(path).Dispose();

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Read_DamagedPages_SaysThatItIsDamaged()
    {
        await Fill();
        using (var file = File.OpenWrite(Path))
        {
            file.Position = 4096; // the first page has the schema, and would be missed at once
            var garbage = new byte[file.Length - file.Position];
            Array.Fill(garbage, (byte)0xA5);
            file.Write(garbage);
        }

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(ReadAll);

        Assert.Contains($"'{Path}' is damaged", error.Message);
    }

    [Fact]
    public async Task Read_TruncatedFile_SaysThatItIsDamaged()
    {
        await Fill();
        using (var file = File.OpenWrite(Path)) file.SetLength(4096 * 4);

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(ReadAll);

        Assert.Contains("is damaged", error.Message);
    }

    [Fact]
    public async Task Read_UnknownEvent_SaysWhichOne()
    {
        await Fill();
        Sql("UPDATE event SET body = CAST('{\"event\":\"trial_lost_its_way\"}' AS BLOB) WHERE version = 7");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(ReadAll);

        Assert.Contains("Event 7 of one", error.Message);
    }

    [Fact]
    public async Task Read_MissingEvent_SaysWhichOne()
    {
        await Fill();
        Sql("DELETE FROM event WHERE version = 7");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(ReadAll);

        Assert.Contains("Event 7 of one", error.Message);
    }

    private void AssertRefused(string expected)
    {
        var error = Assert.Throws<JournalUnavailableException>(() => SqliteStore.Open(Path));
        Assert.Contains(Path, error.Message);
        Assert.Contains(expected, error.Message);
    }

    private async Task Fill()
    {
        using var store = SqliteStore.Open(Path);
        await store.Journal.AppendAsync(One, 0, Events.Reports(1_000), default);
    }

    private async Task ReadAll()
    {
        using var store = SqliteStore.Open(Path);
        await foreach (var _ in store.Journal.ReadAsync(One, 0, default)) { }
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
