namespace Orchestrator.Kubernetes.Pools;

/// <summary>What a pool decides on.</summary>
/// <param name="Pods">Its Pods.</param>
/// <param name="Workers">The workers that are alive, by id; also those of other pools.</param>
/// <param name="Waiting">How many more slots of its kind are wanted from it.</param>
/// <param name="LeavingNodes">Nodes that are about to be gone, or are, and why.</param>
internal sealed record PoolObservation(
    IReadOnlyCollection<PodView> Pods, IReadOnlyDictionary<string, FleetWorker> Workers, int Waiting, IReadOnlyDictionary<string, string> LeavingNodes);
