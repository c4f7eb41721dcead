namespace Orchestrator.Domain.Experiments;

/// <summary>A trial that was paused, or had ended before its last epoch, waits for slots again.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="By">Who resumed it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record TrialResumed(DateTimeOffset At, int Trial, Initiator By, string? Reason = null) : ExperimentEvent(At);
