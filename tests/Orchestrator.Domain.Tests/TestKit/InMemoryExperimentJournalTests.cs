using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Domain.Tests.TestKit;

public sealed class InMemoryExperimentJournalTests : ExperimentJournalConformance
{
    protected override IExperimentJournal Journal { get; } = new InMemoryExperimentJournal();

    protected override Task ReopenAsync() => Task.CompletedTask;
}
