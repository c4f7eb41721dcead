namespace Orchestrator.Domain.Experiments;

/// <summary>A trial gave its slots up, or its place in the line for them; it goes on from its checkpoint when it is resumed.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="By">Who paused it: what a person paused, only a person resumes.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record TrialPaused(DateTimeOffset At, int Trial, Initiator By, string Reason) : ExperimentEvent(At);
