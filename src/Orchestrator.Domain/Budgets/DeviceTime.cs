namespace Orchestrator.Domain.Budgets;

/// <summary>How long devices were taken on one day, added over devices: an hour of four is four hours, one of a quarter a quarter of an hour.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Time">The time.</param>
public readonly record struct DeviceTime(DateOnly Day, TimeSpan Time);
