using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>A queue in the REST API.</summary>
internal sealed record QueueResource(
    string Name,
    double Weight,
    int Class,
    IReadOnlyDictionary<string, double> Quota,
    IReadOnlyDictionary<string, double> Taken,
    double DominantShare,
    IReadOnlyList<QueueEntryResource> Waiting,
    QueueBudgetResource? Budget)
{
    public static QueueResource Of(QueueView view) => new(
        view.Name, view.Weight, view.Class, view.Quota, view.Taken, view.DominantShare, [.. view.Waiting.Select(QueueEntryResource.Of)],
        view.Budget is { } budget ? QueueBudgetResource.Of(budget) : null);
}
