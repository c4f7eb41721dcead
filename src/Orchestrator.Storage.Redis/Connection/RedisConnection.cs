using System.Text.RegularExpressions;
using Orchestrator.Domain.Journal;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>The connection to a server, shared by all calls, and one way of telling its errors.</summary>
internal sealed partial class RedisConnection : IDisposable
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Where the first of the last key and argument are the lease's: refuses a writer whose lease another one has taken.</summary>
    private const string FencedPrelude =
        "if ARGV[#ARGV] ~= '' and redis.call('GET', KEYS[#KEYS]) ~= ARGV[#ARGV] then return redis.error_reply('" + Fenced + " another coordinator has taken this prefix over.') end\n";

    private const string Fenced = "FENCED";

    private readonly TaskCompletionSource _leaseLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly string _server;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    private RedisConnection(ConnectionMultiplexer multiplexer, string server, RedisStoreOptions options, TimeProvider time)
    {
        _multiplexer = multiplexer;
        _server = server;
        _timeout = options.Timeout;
        _time = time;
        Prefix = options.Prefix;
        Keys = new Keys(options.Prefix);
    }

    public string Prefix { get; }

    public string Server => _server;

    /// <summary>The number of this writer's lease; null: it needs none.</summary>
    public long? Lease { get; set; }

    /// <summary>Completes when another writer has taken the lease over.</summary>
    public Task LeaseLost => _leaseLost.Task;

    public void LoseLease() => _leaseLost.TrySetResult();

    /// <summary>Runs a script that writes, unless another writer has taken the lease over.</summary>
    /// <param name="script">Sees one key and one argument more than it is given, the last ones.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="JournalUnavailableException">The lease is lost, the server did not answer, or could not do it.</exception>
    public Task<RedisResult> WriteAsync(string script, RedisKey[] keys, RedisValue[] arguments) =>
        RunAsync(db => db.ScriptEvaluateAsync(FencedPrelude + script, [.. keys, Keys.Lease], [.. arguments, Lease is { } lease ? lease : ""]));

    public Keys Keys { get; }

    /// <exception cref="FormatException">It can't be part of a key.</exception>
    public static void CheckPrefix(string prefix)
    {
        if (!PrefixForm().IsMatch(prefix)) throw new FormatException($"The Redis prefix '{prefix}' can't be used: take 1 to 32 of a-z, 0-9 and '-'.");
    }

    public static RedisConnection Open(RedisStoreOptions options, TimeProvider time)
    {
        CheckPrefix(options.Prefix);
        var configuration = RedisUrl.Parse(options);
        var server = configuration.EndPoints[0].ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal);
        try
        {
            return new RedisConnection(ConnectionMultiplexer.Connect(configuration), server, options, time);
        }
        catch (RedisConnectionException e)
        {
            throw new JournalUnavailableException($"Redis at {server} can't be reached, or refuses the password ({e.FailureType}). Start it, or mend the URL.", e);
        }
    }

    /// <summary>Runs a command or script. While there is no connection it waits for one, as long as the options say: then nothing was sent, and trying again is safe.</summary>
    /// <exception cref="JournalUnavailableException">The server did not answer, or could not do it.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call(_multiplexer.GetDatabase());
            }
            catch (RedisConnectionException e) when (e.FailureType == ConnectionFailureType.UnableToResolvePhysicalConnection && _time.GetElapsedTime(started) < _timeout)
            {
                await Task.Delay(ReconnectPause, _time);
            }
            catch (RedisServerException e)
            {
                if (e.Message.StartsWith(Fenced, StringComparison.Ordinal)) LoseLease();
                throw new JournalUnavailableException($"Redis at {_server} refused: {e.Message} Nothing was written; mend the server, then try again.", e);
            }
            catch (Exception e) when (e is RedisConnectionException or TimeoutException)
            {
                throw new JournalUnavailableException($"Redis at {_server} does not answer. Whether the last change was written is not known: read again before deciding again.", e);
            }
        }
    }

    /// <summary>Every call has had its answer. To wait for one to QUIT, as Dispose alone does, may be to wait on the very thread that would bring it, until the time-out.</summary>
    public void Dispose()
    {
        _multiplexer.Close(allowCommandsToComplete: false);
        _multiplexer.Dispose();
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex PrefixForm();
}
