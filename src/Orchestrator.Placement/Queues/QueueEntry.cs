using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>An experiment that waits in a queue.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Demand">What it wants.</param>
/// <param name="Why">Where it stands and what it waits for.</param>
public sealed record QueueEntry(ExperimentId Experiment, Demand Demand, Waiting Why);
