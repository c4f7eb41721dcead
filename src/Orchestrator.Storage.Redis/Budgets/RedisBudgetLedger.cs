using System.Globalization;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Storage.Redis.Connection;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Budgets;

/// <summary>The ledger as one hash for each queue, by day and experiment.</summary>
internal sealed class RedisBudgetLedger(RedisConnection connection) : IBudgetLedger
{
    /// <summary>Key: the queue. Arguments: the field and the ticks of each entry. Numbers of equal length compare as texts do, where Lua's would be rounded.</summary>
    private const string RecordScript =
        """
        for at = 1, #ARGV - 1, 2 do
          local field, ticks = ARGV[at], ARGV[at + 1]
          local known = redis.call('HGET', KEYS[1], field)
          if not known or ticks > known then redis.call('HSET', KEYS[1], field, ticks) end
        end
        return 1
        """;

    private const string Ticks = "D19";
    private const int MostAtOnce = 1000;

    public async Task RecordAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var some in entries.GroupBy(e => e.Queue, StringComparer.Ordinal).SelectMany(queue => queue.Chunk(MostAtOnce)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RedisValue[] arguments = [.. some.SelectMany(e => new RedisValue[] { $"{e.Day.DayNumber}/{e.Experiment}", e.Time.Ticks.ToString(Ticks, CultureInfo.InvariantCulture) })];
            await connection.WriteAsync(RecordScript, [connection.Keys.DeviceTime(some[0].Queue)], arguments);
        }
    }

    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string queue, DateOnly since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fields = await connection.RunAsync(db => db.HashGetAllAsync(connection.Keys.DeviceTime(queue)));
        return [.. fields.Select(field => Entry(queue, field)).Where(entry => entry.Day >= since)];
    }

    private static LedgerEntry Entry(string queue, HashEntry field)
    {
        var parts = ((string)field.Name!).Split('/', 2);
        return new LedgerEntry(
            queue,
            new ExperimentId(parts[1]),
            DateOnly.FromDayNumber(int.Parse(parts[0], CultureInfo.InvariantCulture)),
            TimeSpan.FromTicks(long.Parse((string)field.Value!, CultureInfo.InvariantCulture)));
    }
}
