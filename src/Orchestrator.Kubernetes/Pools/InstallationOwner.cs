using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>What owns everything that an installation creates: it is looked up once.</summary>
internal sealed class InstallationOwner(PoolsSpec spec, KubernetesClient client)
{
    private OwnerReference? _owner;

    /// <summary>The owner; null where the installation names none.</summary>
    public async Task<OwnerReference?> Find(CancellationToken cancellationToken)
    {
        if (_owner is not null || spec.Owner is not { } name) return _owner;
        var owner = await client.Find(Kinds.ConfigMaps, client.Namespace, name, cancellationToken)
            ?? throw KubernetesException.Access($"There is no ConfigMap '{name}' in namespace '{client.Namespace}' to own the Pods of the pools.");
        return _owner = new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = name, Uid = owner.Metadata.Uid! };
    }
}
