using Microsoft.Data.Sqlite;

namespace Orchestrator.Storage.Sqlite.Database;

/// <summary>One database file: opens sessions on it, each with the settings that durability needs.</summary>
internal sealed class SqliteDatabase(SqliteStoreOptions options)
{
    private const int PageBytes = 4096;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = options.Path,
        DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
        Pooling = false, // ReaderPool keeps sessions with their prepared statements; a second pool would keep the file open after Dispose.
    }.ToString();

    public string Path => options.Path;

    /// <summary>Makes the file where it does not exist and brings its schema up to date.</summary>
    public void Prepare()
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder) Directory.CreateDirectory(folder);
            using var session = Open();
            Schema.Upgrade(session, Path);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Unavailable(Path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.NoFolder(Path, e);
        }
    }

    /// <summary>Opens a session.</summary>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    public SqliteSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}");
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA journal_size_limit = 67108864");
            if (options.MaxBytes is { } bytes) session.Execute($"PRAGMA max_page_count = {Math.Max(256, bytes / PageBytes)}");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
