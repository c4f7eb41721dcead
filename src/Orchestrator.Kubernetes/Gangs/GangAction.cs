using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Something to be done. The next observation shows whether it was.</summary>
internal abstract record GangAction
{
    private GangAction() { }

    /// <summary>Create a gang's Job.</summary>
    internal sealed record Create(string Gang, GangDemand Demand) : GangAction;

    /// <summary>Delete a gang's Job, and its Pods with it.</summary>
    internal sealed record Delete(GangView Gang, string Why) : GangAction;

    /// <summary>Delete a Pod: its Job makes another one, elsewhere.</summary>
    internal sealed record Move(PodView Pod, string Why) : GangAction;
}
