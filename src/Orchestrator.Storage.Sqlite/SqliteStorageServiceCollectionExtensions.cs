using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Storage.Sqlite;

/// <summary>Registers the SQLite store.</summary>
public static class SqliteStorageServiceCollectionExtensions
{
    /// <summary>Keeps the journal, the checkpoint catalogue, the metric store and the ledger of budgets in a SQLite file, which is opened when the first of them is asked for.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="path">The database file.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string path) =>
        services.AddSqliteStorage(new SqliteStoreOptions { Path = path });

    /// <inheritdoc cref="AddSqliteStorage(IServiceCollection, string)"/>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Where and how.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteStoreOptions options) =>
        services
            .AddSingleton(_ => SqliteStore.Open(options))
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Journal)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Checkpoints)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Metrics)
            .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Budgets);
}
