using Orchestrator.Domain.Journal;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>
/// The right to write under a prefix, which one coordinator has at a time. It is renewed while its holder lives; each new one has a higher number, and every
/// write compares that number in the server, so that a holder that lost its lease without knowing (a stopped process, a network that was away) writes nothing.
/// </summary>
internal sealed class WriterLease : IAsyncDisposable
{
    /// <summary>
    /// Takes it where it is free or was this holder's: gives its number. Else minus the milliseconds that it still counts. A holder that comes
    /// back has lost its former process: the folder that names it is locked by the one that asks.
    /// </summary>
    private const string TakeScript =
        """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then return -math.max(redis.call('PTTL', KEYS[1]), 1) end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return redis.call('INCR', KEYS[2])
        """;

    private const string RenewScript =
        """
        if redis.call('GET', KEYS[2]) ~= ARGV[3] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private const string ReleaseScript = "if redis.call('GET', KEYS[2]) == ARGV[3] then redis.call('DEL', KEYS[1]) end return 1";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly RedisConnection _connection;
    private readonly string _holder;
    private readonly TimeSpan _length;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewing;

    private WriterLease(RedisConnection connection, string holder, TimeSpan length, long number, TimeProvider time)
    {
        (_connection, _holder, _length, _time) = (connection, holder, length, time);
        connection.Lease = number;
        _renewing = Task.Run(RenewAsync);
    }

    private RedisKey[] Keys => [_connection.Keys.Owner, _connection.Keys.Lease];

    private RedisValue[] Arguments => [_holder, (long)_length.TotalMilliseconds, _connection.Lease];

    /// <summary>Takes the lease. Where another one has it, waits until that has ended, or until it shows that it lives.</summary>
    /// <exception cref="JournalUnavailableException">Another coordinator lives and writes here.</exception>
    public static async Task<WriterLease> TakeAsync(RedisConnection connection, string holder, TimeSpan length, TimeProvider time)
    {
        RedisKey[] keys = [connection.Keys.Owner, connection.Keys.Lease];
        for (var least = long.MaxValue; ;)
        {
            var answer = (long)await connection.RunAsync(db => db.ScriptEvaluateAsync(TakeScript, keys, [holder, (long)length.TotalMilliseconds]));
            if (answer > 0) return new WriterLease(connection, holder, length, answer, time);
            if (-answer > least)
            {
                throw new JournalUnavailableException(
                    $"Another coordinator works under the prefix '{connection.Prefix}' of Redis at {connection.Server}: end it, or take another prefix (?prefix=NAME). When it dies, its lease ends within {length.TotalSeconds:0} s.");
            }
            least = -answer;
            await Task.Delay(LookEvery, time);
        }
    }

    /// <summary>Gives it back, so that the next one need not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _renewing;
        try
        {
            await _connection.RunAsync(db => db.ScriptEvaluateAsync(ReleaseScript, Keys, Arguments));
        }
        catch (JournalUnavailableException)
        {
            // It ends by itself.
        }
        _ending.Dispose();
    }

    private async Task RenewAsync()
    {
        using var ticks = new PeriodicTimer(_length / 3, _time);
        try
        {
            while (await ticks.WaitForNextTickAsync(_ending.Token) && await IsRenewedAsync())
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    private async Task<bool> IsRenewedAsync()
    {
        try
        {
            if ((long)await _connection.RunAsync(db => db.ScriptEvaluateAsync(RenewScript, Keys, Arguments)) == 1) return true;
            _connection.LoseLease();
            return false;
        }
        catch (JournalUnavailableException)
        {
            return true; // The server is away; whether the lease is still ours it will say when it is back.
        }
    }
}
