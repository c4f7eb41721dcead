using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Experiments;

/// <summary>A new trial begins from the checkpoint of another.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The new trial's number.</param>
/// <param name="Parent">The trial that it begins from.</param>
/// <param name="ParentEpoch">It begins from the parent's newest checkpoint at or before this epoch.</param>
/// <param name="Parameters">All its parameters.</param>
/// <param name="Seed">The seed of everything random in it.</param>
/// <param name="By">Who forked it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record TrialForked(
    DateTimeOffset At, int Trial, int Parent, int ParentEpoch, ParameterSet Parameters, long Seed, Initiator By, string? Reason = null) : ExperimentEvent(At);
