using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>A worker in the REST API.</summary>
internal sealed record WorkerResource(string Id, string Host, string Device, int ProcessId, string Endpoint, string? Running, double SecondsSinceHeard)
{
    public static WorkerResource Of(WorkerView view) => new(
        view.Worker, view.Host, view.Device, view.ProcessId, view.Endpoint, view.Running?.ToId().ToString(), view.SecondsSinceHeard);
}
