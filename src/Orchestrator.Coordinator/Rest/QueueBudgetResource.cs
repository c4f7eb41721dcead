using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>What a queue may use and has used, in the REST API.</summary>
internal sealed record QueueBudgetResource(double DeviceHours, double UsedDeviceHours, string? Every, DateOnly? Renews)
{
    public static QueueBudgetResource Of(QueueBudgetView view) => new(view.DeviceHours, view.UsedDeviceHours, view.Every.Length > 0 ? view.Every : null, view.Renews);
}
