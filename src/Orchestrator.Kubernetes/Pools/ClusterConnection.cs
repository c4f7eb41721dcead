using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Finds the cluster: a kubeconfig where one is given, else the one that this process runs in.</summary>
internal static class ClusterConnection
{
    /// <exception cref="KubernetesException">There is none, or it can't be used.</exception>
    public static ClusterAccess Find(string? kubeConfig, TimeProvider time) => kubeConfig is not null
        ? KubeConfig.Read(kubeConfig, null, time)
        : InCluster.Find(Environment.GetEnvironmentVariable, InCluster.ServiceAccount, time)
            ?? throw KubernetesException.Access("This process runs in no Pod of a Kubernetes cluster: give --kubeconfig FILE.");

    /// <summary>Speaks with it.</summary>
    public static KubernetesClient Open(ClusterAccess access, KubernetesInstruments instruments, TimeProvider time) => new(access, ClusterHandler.Create(access), instruments, time);
}
