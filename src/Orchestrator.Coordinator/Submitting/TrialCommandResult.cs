using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>What became of something that a person asked of a trial.</summary>
/// <param name="Trial">The trial, or the new one; null where it was refused.</param>
/// <param name="Refusal">Why it can't be done.</param>
/// <param name="IsUnknown">Whether there is no such trial.</param>
public sealed record TrialCommandResult(TrialView? Trial, string? Refusal, bool IsUnknown);
