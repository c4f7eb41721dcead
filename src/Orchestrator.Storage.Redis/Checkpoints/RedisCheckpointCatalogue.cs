using System.Text.Json;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Redis.Connection;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Checkpoints;

/// <summary>The catalogue as one hash for each trial: its fence, and each checkpoint under its location.</summary>
internal sealed class RedisCheckpointCatalogue(RedisConnection connection) : ICheckpointCatalogue
{
    private const string Fence = "fence"; // no location is called so: they are URIs

    private const string FenceScript =
        """
        if tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') >= tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], 'fence', ARGV[1])
        return 1
        """;

    private const string RegisterScript =
        """
        if tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') > tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        return 1
        """;

    public Task FenceAsync(AttemptId attempt, CancellationToken cancellationToken) =>
        ScriptAsync(FenceScript, attempt.Trial, [attempt.Number], cancellationToken);

    public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken) =>
        ScriptAsync(RegisterScript, record.Attempt.Trial, [record.Attempt.Number, record.Location, CheckpointJson.Write(record)], cancellationToken);

    public async Task<IReadOnlyList<CheckpointRecord>> ListAsync(TrialId trial, CancellationToken cancellationToken)
    {
        var entries = await connection.RunAsync(db => db.HashGetAllAsync(connection.Keys.CheckpointsOf(trial)));
        return
        [
            .. entries.Where(e => e.Name != Fence).Select(e => Read(trial, e))
                .OrderByDescending(r => r.Epoch).ThenByDescending(r => r.Attempt.Number).ThenByDescending(r => r.Step).ThenBy(r => r.Location, StringComparer.Ordinal),
        ];
    }

    public async Task RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (location == Fence) return;
        await connection.WriteAsync("return redis.call('HDEL', KEYS[1], ARGV[1])", [connection.Keys.CheckpointsOf(trial)], [location]);
    }

    public async Task RemoveAsync(TrialId trial, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await connection.WriteAsync("return redis.call('UNLINK', KEYS[1])", [connection.Keys.CheckpointsOf(trial)], []);
    }

    private async Task<bool> ScriptAsync(string script, TrialId trial, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (long)await connection.WriteAsync(script, [connection.Keys.CheckpointsOf(trial)], arguments) == 1;
    }

    private static CheckpointRecord Read(TrialId trial, HashEntry entry)
    {
        try
        {
            return CheckpointJson.Read(trial, entry.Name!, (byte[])entry.Value!);
        }
        catch (JsonException e)
        {
            throw new JournalUnavailableException($"The checkpoint {entry.Name} of {trial} in Redis can't be read: {e.Message} A newer program wrote it, or the keys are damaged: use the newer program, or restore a backup.", e);
        }
    }
}
