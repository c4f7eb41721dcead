namespace Orchestrator.Domain.Experiments;

/// <summary>A person moved a trial's end further away. One that had ended waits for slots again; a paused one stays paused.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Epochs">Its last epoch from now on.</param>
public sealed record TrialExtended(DateTimeOffset At, int Trial, int Epochs) : ExperimentEvent(At);
