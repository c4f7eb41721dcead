namespace Orchestrator.Placement;

/// <summary>How much a queue has and how many wait in it.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Waiting">Experiments that wait.</param>
/// <param name="Devices">Devices that its gangs take, of all kinds.</param>
/// <param name="DominantShare">The largest part that it has of any kind of device, 0 to 1.</param>
/// <param name="Budget">What of its budget it has used; null where it has none.</param>
public readonly record struct QueueLoad(string Queue, int Waiting, double Devices, double DominantShare, BudgetUse? Budget);
