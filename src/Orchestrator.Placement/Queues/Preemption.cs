using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>An attempt that is to end at a checkpoint, so that others get its slots.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record Preemption(AttemptId Attempt, string Reason);
