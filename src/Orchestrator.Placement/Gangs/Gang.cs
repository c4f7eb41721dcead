using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>Free slots set aside for one attempt of an experiment, all or none.</summary>
/// <param name="Number">Counts the gangs of a pool.</param>
/// <param name="Experiment">Whose it is.</param>
/// <param name="Workers">In the order of rank.</param>
public sealed record Gang(long Number, ExperimentId Experiment, IReadOnlyList<WorkerId> Workers);
