using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Redis.Connection;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Journal;

/// <summary>The journal as lists of JSON, each of <see cref="Keys.SegmentEvents"/> events.</summary>
internal sealed class RedisExperimentJournal(RedisConnection connection) : IExperimentJournal
{
    /// <summary>Gives the new version, or where the version is another one than expected: -1 minus it.</summary>
    private const string AppendScript =
        """
        local version = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
        if version ~= tonumber(ARGV[2]) then return -1 - version end
        if version == 0 then redis.call('RPUSH', KEYS[2], ARGV[1]) end
        for i = 5, #ARGV - 1 do -- the last one is the lease's
          redis.call('RPUSH', ARGV[3] .. math.floor(version / tonumber(ARGV[4])), ARGV[i])
          version = version + 1
        end
        redis.call('HSET', KEYS[1], ARGV[1], version)
        return version
        """;

    /// <summary>Gives the version that the journal had, or where it is another one than expected: -1 minus it. The head stays, so that the id is used up.</summary>
    private const string RemoveScript =
        """
        local version = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
        if version <= 0 then return 0 end
        if version ~= tonumber(ARGV[2]) then return -1 - version end
        for segment = 0, math.floor((version - 1) / tonumber(ARGV[4])) do redis.call('UNLINK', ARGV[3] .. segment) end
        redis.call('LREM', KEYS[2], 0, ARGV[1])
        redis.call('HSET', KEYS[1], ARGV[1], -1)
        return version
        """;

    public async Task<long> AppendAsync(ExperimentId experiment, long expectedVersion, IReadOnlyList<ExperimentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (events.Count == 0) throw new ArgumentException("An append has at least one event.", nameof(events));
        cancellationToken.ThrowIfCancellationRequested();
        RedisKey[] keys = [connection.Keys.Heads, connection.Keys.Experiments];
        RedisValue[] arguments =
            [experiment.Value, expectedVersion, connection.Keys.JournalOf(experiment), Keys.SegmentEvents, .. events.Select(e => (RedisValue)ExperimentEventJson.Serialize(e))];
        var version = (long)await connection.WriteAsync(AppendScript, keys, arguments);
        return version > 0 ? version : throw new JournalConflictException(experiment, expectedVersion, -version - 1);
    }

    public async IAsyncEnumerable<(long Version, ExperimentEvent Event)> ReadAsync(
        ExperimentId experiment, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = (long)await connection.RunAsync(db => db.HashGetAsync(connection.Keys.Heads, experiment.Value));
        while (afterVersion < head)
        {
            var (segment, from) = Math.DivRem(afterVersion, Keys.SegmentEvents);
            var page = await connection.RunAsync(db => db.ListRangeAsync(connection.Keys.JournalOf(experiment) + segment, from, Keys.SegmentEvents - 1));
            if (page.Length == 0) throw Unreadable(experiment, afterVersion + 1, "it is missing");
            foreach (var body in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return (++afterVersion, Parse(experiment, afterVersion, body));
            }
        }
    }

    public async Task RemoveAsync(ExperimentId experiment, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedVersion);
        cancellationToken.ThrowIfCancellationRequested();
        RedisKey[] keys = [connection.Keys.Heads, connection.Keys.Experiments];
        var version = (long)await connection.WriteAsync(RemoveScript, keys, [experiment.Value, expectedVersion, connection.Keys.JournalOf(experiment), Keys.SegmentEvents]);
        if (version < 0) throw new JournalConflictException(experiment, expectedVersion, -version - 1);
    }

    public async Task<IReadOnlyList<ExperimentId>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await connection.RunAsync(db => db.ListRangeAsync(connection.Keys.Experiments));
        return Array.ConvertAll(names, name => new ExperimentId(name!));
    }

    private static ExperimentEvent Parse(ExperimentId experiment, long version, RedisValue body)
    {
        try
        {
            return ExperimentEventJson.Deserialize((byte[])body!);
        }
        catch (JsonException e)
        {
            throw Unreadable(experiment, version, e.Message, e);
        }
    }

    private static JournalUnavailableException Unreadable(ExperimentId experiment, long version, string why, Exception? cause = null) =>
        new($"Event {version} of {experiment} in Redis can't be read: {why}. A newer program wrote it, or the keys are damaged: use the newer program, or restore a backup.", cause);
}
