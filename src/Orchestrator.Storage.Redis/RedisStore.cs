using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Redis.Checkpoints;
using Orchestrator.Storage.Redis.Connection;
using Orchestrator.Storage.Redis.Journal;

namespace Orchestrator.Storage.Redis;

/// <summary>
/// The journal and the checkpoint catalogue of one installation in Redis. Every change is one script, so it happens whole or not at all. Thread-safe;
/// reconnects by itself. The layout of the keys is in the README beside this.
/// </summary>
public sealed class RedisStore : IDisposable
{
    private readonly RedisConnection _connection;

    private RedisStore(RedisConnection connection)
    {
        _connection = connection;
        Journal = new RedisExperimentJournal(connection);
        Checkpoints = new RedisCheckpointCatalogue(connection);
    }

    /// <summary>The journal of every experiment.</summary>
    public IExperimentJournal Journal { get; }

    /// <summary>The metadata of every checkpoint.</summary>
    public ICheckpointCatalogue Checkpoints { get; }

    /// <summary>Connects, and checks that the server keeps what it acknowledges and that its layout is known.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">What pauses between tries are taken by; null: the system's.</param>
    /// <exception cref="JournalUnavailableException">The server can't be reached, refuses the password, forgets on a crash, or has a newer layout.</exception>
    /// <exception cref="FormatException">The URL or the prefix is not of its form.</exception>
    public static RedisStore Open(RedisStoreOptions options, TimeProvider? time = null)
    {
        var connection = RedisConnection.Open(options, time ?? TimeProvider.System);
        try
        {
            ServerCheck.Run(connection, options);
            return new RedisStore(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();
}
