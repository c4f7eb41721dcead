namespace Orchestrator.Domain.Experiments;

/// <summary>A person resumed a stopped experiment.</summary>
public sealed record ExperimentResumed(DateTimeOffset At) : ExperimentEvent(At);
