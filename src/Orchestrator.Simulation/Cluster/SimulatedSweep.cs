using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Cluster;

/// <summary>A sweep that is submitted in a simulation.</summary>
/// <param name="Spec">The sweep.</param>
/// <param name="SubmittedAfter">When, from the beginning.</param>
public sealed record SimulatedSweep(ExperimentSpec Spec, TimeSpan SubmittedAfter);
