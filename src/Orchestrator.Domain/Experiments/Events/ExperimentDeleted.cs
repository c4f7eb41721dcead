namespace Orchestrator.Domain.Experiments;

/// <summary>A person deleted the experiment: what it has is removed from now on, and this journal last. Nothing follows it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="KeepsCheckpoints">Whether the files of its checkpoints stay.</param>
public sealed record ExperimentDeleted(DateTimeOffset At, string By, bool KeepsCheckpoints) : ExperimentEvent(At);
