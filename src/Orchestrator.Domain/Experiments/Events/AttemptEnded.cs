namespace Orchestrator.Domain.Experiments;

/// <summary>A run of a trial ended.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="ExitCode">The process's exit code, where it ended.</param>
/// <param name="LogTail">The last lines of its log, where it failed.</param>
public sealed record AttemptEnded(DateTimeOffset At, int Trial, int Attempt, AttemptOutcome Outcome, string? Reason, int? ExitCode = null, string? LogTail = null) : ExperimentEvent(At);
