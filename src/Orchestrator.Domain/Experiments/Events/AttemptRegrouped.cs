namespace Orchestrator.Domain.Experiments;

/// <summary>The ranks of a run that are left form a new process group and go on from memory.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Generation">The process group, counted from 1 within the attempt.</param>
/// <param name="Workers">Its workers, in the order of rank.</param>
/// <param name="Lost">The workers that it goes on without; empty where only their connections were lost.</param>
public sealed record AttemptRegrouped(DateTimeOffset At, int Trial, int Attempt, int Generation, IReadOnlyList<string> Workers, IReadOnlyList<string> Lost) : ExperimentEvent(At);
