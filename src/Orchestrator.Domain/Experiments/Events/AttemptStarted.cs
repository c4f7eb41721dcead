namespace Orchestrator.Domain.Experiments;

/// <summary>A run of a trial was placed on workers, in the order of rank.</summary>
public sealed record AttemptStarted(DateTimeOffset At, int Trial, int Attempt, IReadOnlyList<string> Workers) : ExperimentEvent(At);
