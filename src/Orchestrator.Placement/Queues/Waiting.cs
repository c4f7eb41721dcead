namespace Orchestrator.Placement;

/// <summary>Why an experiment has not the gangs it could use.</summary>
/// <param name="Queue">The queue it waits in.</param>
/// <param name="Position">Where it stands there, from 1.</param>
/// <param name="Length">How many stand there.</param>
/// <param name="Since">Since when it waits for its next gang.</param>
/// <param name="Cause">What it waits for.</param>
/// <param name="Text">All of this for people.</param>
public sealed record Waiting(string Queue, int Position, int Length, DateTimeOffset Since, WaitCause Cause, string Text);
