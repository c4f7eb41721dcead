using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Redis.Budgets;
using Orchestrator.Storage.Redis.Checkpoints;
using Orchestrator.Storage.Redis.Connection;
using Orchestrator.Storage.Redis.Journal;
using Orchestrator.Storage.Redis.Metrics;

namespace Orchestrator.Storage.Redis;

/// <summary>
/// The journal, the checkpoint catalogue, the curves and the ledger of budgets of one installation in Redis. Every change is one script, so it happens whole or not at all. Thread-safe;
/// reconnects by itself. The layout of the keys is in the README beside this.
/// </summary>
public sealed class RedisStore : IAsyncDisposable, IDisposable
{
    private readonly RedisConnection _connection;
    private readonly WriterLease? _lease;

    private RedisStore(RedisConnection connection, WriterLease? lease)
    {
        _connection = connection;
        _lease = lease;
        Journal = new RedisExperimentJournal(connection);
        Checkpoints = new RedisCheckpointCatalogue(connection);
        Metrics = new RedisMetricStore(connection);
        Budgets = new RedisBudgetLedger(connection);
    }

    /// <summary>The journal of every experiment.</summary>
    public IExperimentJournal Journal { get; }

    /// <summary>The metadata of every checkpoint.</summary>
    public ICheckpointCatalogue Checkpoints { get; }

    /// <summary>What teams have used of their budgets.</summary>
    public IBudgetLedger Budgets { get; }

    /// <summary>The curves of every trial.</summary>
    public IMetricStore Metrics { get; }

    /// <summary>Completes when another coordinator has taken this prefix over: nothing is written any more. Never where <see cref="RedisStoreOptions.Holder"/> is not set.</summary>
    public Task LeaseLost => _connection.LeaseLost;

    /// <summary>Connects, takes the lease where there is a holder, and checks that the server keeps what it acknowledges and that its layout is known.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">What pauses between tries are taken by; null: the system's.</param>
    /// <exception cref="JournalUnavailableException">The server can't be reached, refuses the password, forgets on a crash, has a newer layout, or another coordinator works under this prefix.</exception>
    /// <exception cref="FormatException">The URL or the prefix is not of its form.</exception>
    public static RedisStore Open(RedisStoreOptions options, TimeProvider? time = null)
    {
        var connection = RedisConnection.Open(options, time ?? TimeProvider.System);
        try
        {
            ServerCheck.Run(connection, options);
            var lease = options.Holder is { } holder ? WriterLease.TakeAsync(connection, holder, options.Lease, time ?? TimeProvider.System).GetAwaiter().GetResult() : null;
            return new RedisStore(connection, lease);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lease back and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is not null) await _lease.DisposeAsync();
        _connection.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
