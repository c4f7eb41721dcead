using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>What a queue has and who waits in it.</summary>
/// <param name="Settings">The queue.</param>
/// <param name="Taken">Devices that its gangs take, by kind; kinds without any are not there.</param>
/// <param name="DominantShare">The largest part that it has of any kind of device, 0 to 1.</param>
/// <param name="Budget">What of its budget it has used; null where it has none.</param>
/// <param name="Waiting">Experiments that wait, the next one first.</param>
public sealed record QueueUsage(QueueSpec Settings, IReadOnlyDictionary<DeviceKind, double> Taken, double DominantShare, BudgetUse? Budget, IReadOnlyList<QueueEntry> Waiting);
