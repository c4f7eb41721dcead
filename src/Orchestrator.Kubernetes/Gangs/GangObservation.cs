namespace Orchestrator.Kubernetes.Gangs;

/// <summary>What is decided on.</summary>
/// <param name="Demands">Who wants gangs.</param>
/// <param name="Gangs">The gangs' Jobs.</param>
/// <param name="LeavingNodes">Nodes that are about to be gone, or are, and why.</param>
internal sealed record GangObservation(IReadOnlyList<GangDemand> Demands, IReadOnlyList<GangView> Gangs, IReadOnlyDictionary<string, string> LeavingNodes);
