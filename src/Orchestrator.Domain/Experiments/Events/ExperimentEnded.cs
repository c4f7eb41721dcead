namespace Orchestrator.Domain.Experiments;

/// <summary>The experiment reached its terminal state.</summary>
public sealed record ExperimentEnded(DateTimeOffset At, ExperimentStatus Status, string Reason) : ExperimentEvent(At);
