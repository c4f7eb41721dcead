namespace Orchestrator.Kubernetes.Pools;

/// <summary>A worker that is alive.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsBusy">Whether it runs something, or is about to.</param>
public sealed record FleetWorker(string Id, bool IsBusy);
