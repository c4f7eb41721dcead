using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Redis.Tests.Server;
using Orchestrator.TestKit.Metrics;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Storage.Redis.Tests;

[Collection(nameof(RedisCollection))]
public sealed class RedisMetricStoreTests : MetricStoreConformance, IDisposable
{
    private readonly RedisStoreOptions _options;
    private RedisStore _store;

    public RedisMetricStoreTests(RedisServer server)
    {
        _options = new RedisStoreOptions { Url = server.Url, Prefix = Guid.NewGuid().ToString("N"), Timeout = TimeSpan.FromSeconds(30) };
        _store = RedisStore.Open(_options);
    }

    protected override IMetricStore Store => _store.Metrics;

    public void Dispose() => _store.Dispose();

    protected override Task ReopenAsync()
    {
        _store.Dispose();
        _store = RedisStore.Open(_options);
        return Task.CompletedTask;
    }
}
