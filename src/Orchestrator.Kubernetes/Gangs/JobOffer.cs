namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Which fields of Jobs this server knows and has switched on.</summary>
/// <param name="Indexed">Pods have an index.</param>
/// <param name="Suspend">A Job can be held back.</param>
/// <param name="PodFailurePolicy">What a Pod's failure means can be said.</param>
/// <param name="PodReplacementPolicy">When a Pod is replaced can be said.</param>
/// <param name="TimeToLive">A Job that has ended can go by itself.</param>
internal sealed record JobOffer(bool Indexed, bool Suspend, bool PodFailurePolicy, bool PodReplacementPolicy, bool TimeToLive)
{
    /// <summary>All of it.</summary>
    public static readonly JobOffer Everything = new(true, true, true, true, true);

    /// <summary>The Job of 1.20: parallel Pods, and no more.</summary>
    public static readonly JobOffer Least = new(false, false, false, false, false);
}
