namespace Orchestrator.Grains.Contracts;

/// <summary>What a queue may use and has used, as clients see it.</summary>
/// <param name="DeviceHours">Device hours that it may use in a period.</param>
/// <param name="UsedDeviceHours">Device hours that it has used in the present one.</param>
/// <param name="Every"><c>day</c>, <c>week</c> or <c>month</c>; empty: it is not renewed.</param>
/// <param name="Renews">The day, at midnight UTC, on which it is; null: it is not.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.QueueBudgetView")]
public sealed record QueueBudgetView(
    [property: Id(0)] double DeviceHours,
    [property: Id(1)] double UsedDeviceHours,
    [property: Id(2)] string Every,
    [property: Id(3)] DateOnly? Renews);
