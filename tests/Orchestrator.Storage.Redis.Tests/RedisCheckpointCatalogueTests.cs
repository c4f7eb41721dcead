using Orchestrator.Domain.Checkpoints;
using Orchestrator.Storage.Redis.Tests.Server;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Checkpoints;

namespace Orchestrator.Storage.Redis.Tests;

[Collection(nameof(RedisCollection))]
public sealed class RedisCheckpointCatalogueTests : CheckpointCatalogueConformance, IDisposable
{
    private readonly RedisStoreOptions _options;
    private RedisStore _store;

    public RedisCheckpointCatalogueTests(RedisServer server)
    {
        _options = new RedisStoreOptions { Url = server.Url, Prefix = Guid.NewGuid().ToString("N"), Timeout = TimeSpan.FromSeconds(30) };
        _store = RedisStore.Open(_options);
    }

    protected override ICheckpointCatalogue Catalogue => _store.Checkpoints;

    public void Dispose() => _store.Dispose();

    protected override Task ReopenAsync()
    {
        _store.Dispose();
        _store = RedisStore.Open(_options);
        return Task.CompletedTask;
    }
}
