using Orchestrator.TestKit.Processes;

namespace Orchestrator.Storage.Redis.Tests.Server;

/// <summary>Tests that share one server; each takes a prefix of its own.</summary>
[CollectionDefinition(nameof(RedisCollection))]
public sealed class RedisCollection : ICollectionFixture<RedisServer>;
