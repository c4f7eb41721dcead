namespace Orchestrator.Domain.Specs;

/// <summary>What a sweep may spend; null means no bound. It ends, with its best model, when any of these is spent.</summary>
/// <param name="Trials">Trials proposed (W&amp;B's <c>run_cap</c>).</param>
/// <param name="WallTime">Time since it was submitted, without the time it was stopped.</param>
/// <param name="DeviceHours">Hours times devices, in parts too, over all attempts.</param>
/// <param name="Epochs">Epochs over all trials; one that is trained again after a failure counts once.</param>
public sealed record BudgetSpec(int? Trials = null, TimeSpan? WallTime = null, double? DeviceHours = null, long? Epochs = null);
