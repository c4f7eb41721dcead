namespace Orchestrator.Kubernetes.Pools;

/// <summary>How the pools of a coordinator are run.</summary>
/// <param name="Spec">The pools.</param>
/// <param name="KubeConfig">A kubeconfig file; null: the Pod's own service account.</param>
public sealed record KubernetesPoolsOptions(PoolsSpec Spec, string? KubeConfig)
{
    /// <summary>How long at most between two looks at the fleet.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(1);
}
