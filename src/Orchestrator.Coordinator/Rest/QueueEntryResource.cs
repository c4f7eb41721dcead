using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>An experiment that waits in a queue, in the REST API.</summary>
internal sealed record QueueEntryResource(string Experiment, int Gangs, int WorldSize, int Priority, WaitingResource Why)
{
    public static QueueEntryResource Of(QueueEntryView view) => new(view.Experiment, view.Gangs, view.WorldSize, view.Priority, WaitingResource.Of(view.Why));
}
