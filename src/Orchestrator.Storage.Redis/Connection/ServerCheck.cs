using Orchestrator.Domain.Journal;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>What must be true of a server before anything is entrusted to it.</summary>
internal static class ServerCheck
{
    public static void Run(RedisConnection connection, RedisStoreOptions options)
    {
        // At start-up, before there is anybody to block.
        RunAsync(connection, options).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(RedisConnection connection, RedisStoreOptions options)
    {
        var layout = (int)await connection.RunAsync(async db =>
        {
            await db.StringSetAsync(connection.Keys.Schema, Keys.Layout, when: StackExchange.Redis.When.NotExists);
            return await db.StringGetAsync(connection.Keys.Schema);
        });
        if (layout > Keys.Layout)
            throw new JournalUnavailableException($"The keys under '{options.Prefix}' have layout {layout}, and this program knows up to {Keys.Layout}. Use the newer program that wrote them, or another prefix.");
        if (!options.RequireAppendOnlyFile) return;
        var persistence = (string?)await connection.RunAsync(db => db.ScriptEvaluateAsync("return redis.call('INFO', 'persistence')"));
        if (persistence?.Contains("aof_enabled:1", StringComparison.Ordinal) != true)
            throw new JournalUnavailableException("The Redis server has no append-only file, so a crash would lose what was acknowledged. Set 'appendonly yes' and 'appendfsync always' (or 'everysec').");
    }
}
