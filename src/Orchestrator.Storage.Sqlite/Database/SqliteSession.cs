using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orchestrator.Storage.Sqlite.Database;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    private sqlite3 Handle => connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteSession));

    /// <summary>Runs one or more statements once, without keeping them.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The integer in the first row of a statement that is not kept; 0 where there is none.</summary>
    public long Scalar(string sql)
    {
        using var statement = new SqliteStatement(Handle, sql);
        return statement.Scalar() ?? 0;
    }

    /// <summary>A statement, prepared at its first use. All its parameters are to be bound each time.</summary>
    /// <param name="sql">A constant.</param>
    public SqliteStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared[sql] = statement = new SqliteStatement(Handle, sql);
        return statement;
    }

    /// <summary>Undoes the open transaction. SQLite has done so itself after some errors, and then there is nothing to do.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0) Prepare("ROLLBACK").Run();
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        connection.Dispose();
    }
}
