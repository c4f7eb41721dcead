namespace Orchestrator.Kubernetes.Pools;

/// <summary>Something that a pool wants done. It sees in the next observation whether it was.</summary>
internal abstract record PoolAction
{
    private PoolAction() { }

    /// <summary>Create a Pod, not on these nodes.</summary>
    internal sealed record Create(string Pod, IReadOnlyList<string> AvoidNodes) : PoolAction;

    /// <summary>Delete a Pod if its worker has nothing to do.</summary>
    internal sealed record Retire(PodView Pod) : PoolAction;

    /// <summary>Delete a Pod. A worker in it saves a checkpoint and leaves.</summary>
    internal sealed record Delete(PodView Pod, string Why) : PoolAction;
}
