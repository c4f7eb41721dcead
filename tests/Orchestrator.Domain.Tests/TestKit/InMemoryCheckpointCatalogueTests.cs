using Orchestrator.Domain.Checkpoints;
using Orchestrator.TestKit.Checkpoints;

namespace Orchestrator.Domain.Tests.TestKit;

public sealed class InMemoryCheckpointCatalogueTests : CheckpointCatalogueConformance
{
    protected override ICheckpointCatalogue Catalogue { get; } = new InMemoryCheckpointCatalogue();

    protected override Task ReopenAsync() => Task.CompletedTask;
}
