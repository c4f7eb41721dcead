using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Adds the pools to a host that has an <see cref="IFleet"/>.</summary>
public static class KubernetesPoolsServiceCollectionExtensions
{
    /// <summary>Runs the pools for as long as the host lives.</summary>
    public static IServiceCollection AddKubernetesPools(this IServiceCollection services, KubernetesPoolsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<KubernetesInstruments>();
        return services.AddHostedService<KubernetesPools>();
    }
}
