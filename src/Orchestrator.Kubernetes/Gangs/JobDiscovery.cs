using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Discovery;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Asks the server what it offers for gangs, once. Versions alone do not tell: a field may be switched off.</summary>
internal sealed class JobDiscovery(KubernetesClient client)
{
    private readonly ApiCatalog _catalog = new(client);
    private JobOffer? _offer;

    /// <summary>Which fields of a Job it keeps: what it would make of one that has them all, without making it.</summary>
    public async Task<JobOffer> Jobs(GangDemand demand, WarmPoolSpec pool, string installation, CancellationToken cancellationToken)
    {
        if (_offer is not null) return _offer;
        var plain = demand with { Spec = new Domain.Specs.DedicatedSpec(demand.Spec.Pool) { Queue = demand.Spec.Queue } };
        var asked = GangJob.Make(plain, pool, "discovery", installation, null, JobOffer.Everything with { Suspend = true });
        asked["spec"]!["suspend"] = true;
        var spec = (await client.Create(Kinds.Jobs, client.Namespace, asked, cancellationToken, dryRun: true)).Spec;
        return _offer = new JobOffer(
            spec.CompletionMode == "Indexed", spec.Suspend == true, spec.PodFailurePolicy is not null, spec.PodReplacementPolicy is not null, spec.TtlSecondsAfterFinished is not null);
    }

    /// <summary>Whether it has a kind that others have added.</summary>
    public Task<bool> Has(ResourceKind<Other> kind, CancellationToken cancellationToken) => _catalog.Offers(kind.Group, kind.Version, kind.Plural, ["create", "delete"], cancellationToken);
}
