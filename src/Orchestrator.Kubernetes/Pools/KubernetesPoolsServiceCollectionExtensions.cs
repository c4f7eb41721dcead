using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Adds the pools to a host that has an <see cref="IFleet"/> and an <see cref="Gangs.IGangFleet"/>.</summary>
public static class KubernetesPoolsServiceCollectionExtensions
{
    /// <summary>Runs the pools for as long as the host lives.</summary>
    /// <exception cref="KubernetesException">There is no cluster, or what says how to reach it can't be used.</exception>
    public static IServiceCollection AddKubernetesPools(this IServiceCollection services, KubernetesPoolsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(ClusterConnection.Find(options.KubeConfig, TimeProvider.System));
        services.AddSingleton<KubernetesInstruments>();
        return services.AddHostedService<KubernetesPools>();
    }
}
