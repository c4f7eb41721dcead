using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Removes what an installation that is gone has left behind.</summary>
public static class PoolCollector
{
    /// <summary>Deletes the installation's Jobs and Pods, unless a coordinator of it is alive: its lease is renewed while this looks.</summary>
    /// <param name="installation">Whose Pods.</param>
    /// <param name="kubeConfig">A kubeconfig file; null: the Pod's own service account.</param>
    /// <param name="dryRun">Only say which.</param>
    /// <param name="instruments">Counts requests.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was deleted: <c>job/NAME</c>, <c>pod/NAME</c>.</returns>
    /// <exception cref="KubernetesException">A coordinator is alive, or the API server did not do it.</exception>
    public static async Task<IReadOnlyList<string>> Collect(
        string installation, string? kubeConfig, bool dryRun, KubernetesInstruments instruments, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = ClusterConnection.Open(ClusterConnection.Find(kubeConfig, time), instruments, time);
        var lease = $"{installation}-pools";
        if (await client.Find(Kinds.Leases, client.Namespace, lease, cancellationToken) is { Spec: { HolderIdentity: { Length: > 0 } holder, RenewTime: { } renewed } held }
            && time.GetUtcNow() - renewed < TimeSpan.FromSeconds(held.LeaseDurationSeconds ?? 0))
        {
            throw KubernetesException.Access($"Coordinator {holder} runs the pools of '{installation}' in namespace '{client.Namespace}': end it first.");
        }
        var names = new List<string>();
        await foreach (var page in client.List(Kinds.Jobs, new Selection(client.Namespace, GangLabels.Select(installation)), cancellationToken))
        {
            foreach (var gang in GangReading.Of(page.Items, [], time.GetUtcNow()))
            {
                names.Add($"{gang.Kind.ToLowerInvariant()}/{gang.Name}");
                if (!dryRun) await GangDriver.Delete(client, gang, cancellationToken);
            }
        }
        await foreach (var page in client.List(Kinds.Pods, new Selection(client.Namespace, PoolLabels.Select(installation)), cancellationToken))
        {
            foreach (var pod in page.Items)
            {
                names.Add($"pod/{pod.Metadata.Name}");
                if (!dryRun) await client.Delete(Kinds.Pods, client.Namespace, pod.Metadata.Name, pod.Metadata.Uid, null, cancellationToken);
            }
        }
        if (!dryRun) await client.Delete(Kinds.Leases, client.Namespace, lease, null, null, cancellationToken);
        return names;
    }
}
