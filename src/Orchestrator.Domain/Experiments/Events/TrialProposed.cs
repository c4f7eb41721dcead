using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Experiments;

/// <summary>The search proposed a point.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">Counts from 1.</param>
/// <param name="Parameters">The point.</param>
/// <param name="Seed">The seed of everything random in the trial.</param>
/// <param name="RepeatOf">The first trial of this point, where the point is trained again with another seed.</param>
public sealed record TrialProposed(DateTimeOffset At, int Trial, ParameterSet Parameters, long Seed, int? RepeatOf = null) : ExperimentEvent(At);
