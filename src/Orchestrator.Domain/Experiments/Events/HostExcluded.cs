namespace Orchestrator.Domain.Experiments;

/// <summary>By a rule of the sweep, none of its trials runs on a host any more.</summary>
/// <param name="At">When.</param>
/// <param name="Host">The host.</param>
/// <param name="Trial">The trial that failed there.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="Reason">How it failed.</param>
public sealed record HostExcluded(DateTimeOffset At, string Host, int Trial, int Attempt, string? Reason) : ExperimentEvent(At);
