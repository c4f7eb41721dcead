namespace Orchestrator.Kubernetes.Pools;

/// <summary>Who works and who waits.</summary>
/// <param name="Workers">The workers that are alive, by id.</param>
/// <param name="Waiting">How many more slots could be used now, by kind of device; a kind for which nobody waits is not there.</param>
public sealed record FleetView(IReadOnlyDictionary<string, FleetWorker> Workers, IReadOnlyDictionary<string, int> Waiting);
