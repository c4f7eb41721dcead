using Orchestrator.Collectives;

namespace Orchestrator.Training.Trials;

/// <summary>A rank's place in a new generation of its process group.</summary>
/// <param name="Group">The group; its rank and world size are those of the run from now on.</param>
/// <param name="Assignment">The assignment, with the checkpoints that there are now.</param>
public sealed record RegroupedRank(IProcessGroup Group, TrialAssignment Assignment);
