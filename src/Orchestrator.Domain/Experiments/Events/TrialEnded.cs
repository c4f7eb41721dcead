namespace Orchestrator.Domain.Experiments;

/// <summary>A trial reached its terminal state.</summary>
public sealed record TrialEnded(DateTimeOffset At, int Trial, TrialStatus Status, string? Reason) : ExperimentEvent(At);
