namespace Orchestrator.Kubernetes.Pools;

/// <summary>Where a Pod is in its life.</summary>
internal enum PodStage
{
    /// <summary>It has not ended, whether it runs already or not.</summary>
    Alive,

    /// <summary>It was deleted and is on its way out.</summary>
    Leaving,

    /// <summary>It ended by itself, in order.</summary>
    Succeeded,

    /// <summary>It ended, not in order.</summary>
    Failed,
}
