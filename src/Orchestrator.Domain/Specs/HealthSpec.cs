namespace Orchestrator.Domain.Specs;

/// <summary>What is done about the health of trainings.</summary>
/// <param name="StopOn">Problems that end a trial: it counts as stopped early.</param>
public sealed record HealthSpec(IReadOnlyList<HealthProblem> StopOn);
