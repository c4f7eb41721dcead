using Microsoft.Data.Sqlite;
using Orchestrator.Domain.Journal;

namespace Orchestrator.Storage.Sqlite.Database;

/// <summary>Says in one sentence what SQLite's error means and what to do about it.</summary>
internal static class SqliteErrors
{
    // Primary result codes, https://www.sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static JournalUnavailableException Unavailable(string path, SqliteException error) => new(Explain(path, error), error);

    public static JournalUnavailableException NoFolder(string path, Exception error) =>
        new($"The folder of '{path}' can't be made: {error.Message} Name a file in a folder that this user may write to.", error);

    private static string Explain(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        Full => $"There is no space left for '{path}'. Nothing was written; free some space on its disk, then try again.",
        Corrupt => $"'{path}' is damaged. Restore it from a backup, or save what can be read with: sqlite3 '{path}' .recover",
        NotADatabase => $"'{path}' is not a database, or its beginning is damaged. Restore it from a backup, or name another file.",
        Busy or Locked => $"'{path}' is held by another process. Nothing was written; stop the other process, or try again.",
        ReadOnly or Permission or CannotOpen => $"'{path}' can't be opened for writing ({error.Message}). Let this user write to the file and its folder, or name another file.",
        InputOutput => $"The disk of '{path}' can't be read or written ({error.Message}). Look at the disk and the system's log, then try again.",
        _ => $"'{path}' can't be used ({error.Message}).",
    };
}
