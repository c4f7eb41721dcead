using Orchestrator.Domain.Metrics;
using Orchestrator.TestKit.Metrics;

namespace Orchestrator.Domain.Tests.TestKit;

public sealed class InMemoryMetricStoreTests : MetricStoreConformance
{
    protected override IMetricStore Store { get; } = new InMemoryMetricStore();

    protected override Task ReopenAsync() => Task.CompletedTask;
}
