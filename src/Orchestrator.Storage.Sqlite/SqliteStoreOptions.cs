namespace Orchestrator.Storage.Sqlite;

/// <summary>Where and how an installation's metadata is kept.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file; made, with its folder, where it does not exist. It must be on a local disk: WAL does not work over a network.</summary>
    public required string Path { get; init; }

    /// <summary>How long to wait for another process that holds the file.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes that the file may grow to, at least 1 MiB; null: as many as the disk has.</summary>
    /// <value>null.</value>
    public long? MaxBytes { get; init; }
}
