using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Storage.Redis;

/// <summary>Registers the Redis store.</summary>
public static class RedisStorageServiceCollectionExtensions
{
    /// <summary>Keeps the journal, the checkpoint catalogue, the metric store and the ledger of budgets in Redis, which is connected to when the first of them is asked for.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Where and how.</param>
    public static IServiceCollection AddRedisStorage(this IServiceCollection services, RedisStoreOptions options) =>
        services
            .AddSingleton(provider => RedisStore.Open(options, provider.GetService<TimeProvider>()))
            .AddSingleton(provider => provider.GetRequiredService<RedisStore>().Journal)
            .AddSingleton(provider => provider.GetRequiredService<RedisStore>().Checkpoints)
            .AddSingleton(provider => provider.GetRequiredService<RedisStore>().Metrics)
            .AddSingleton(provider => provider.GetRequiredService<RedisStore>().Budgets);
}
