namespace Orchestrator.Domain.Experiments;

/// <summary>A person stopped the experiment; its running attempts end, and it can be resumed.</summary>
public sealed record ExperimentStopped(DateTimeOffset At, string Reason) : ExperimentEvent(At);
