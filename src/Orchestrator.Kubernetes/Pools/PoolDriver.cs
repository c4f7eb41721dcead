using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Between the pools, which decide, and the API server and the fleet, which are asked: one round at a time.</summary>
internal sealed partial class PoolDriver(PoolsSpec spec, KubernetesClient client, InstallationOwner owner, IFleet fleet, KubernetesInstruments instruments, TimeProvider time, ILogger logger)
{
    private const int Parallel = 8;

    private readonly IReadOnlyList<WarmPool> _pools =
        [.. spec.Pools.Select(p => new WarmPool(p, BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong)))))];

    /// <summary>Looks, decides and acts, once.</summary>
    public async Task Round(IEnumerable<Pod> pods, IEnumerable<Node> nodes, CancellationToken cancellationToken)
    {
        var view = await fleet.View(cancellationToken);
        var now = time.GetUtcNow();
        var leaving = LeavingNodes.Of(nodes);
        var byPool = pods.Select(pod => PodReading.Of(pod, now)).ToLookup(pod => pod.Pool, StringComparer.Ordinal);
        var shares = DemandSplit.Of(_pools, view.Waiting, now);
        for (var i = 0; i < _pools.Count; i++)
        {
            var pool = _pools[i];
            var actions = pool.Decide(new PoolObservation([.. byPool[pool.Spec.Name]], view.Workers, shares[i], leaving), now);
            instruments.PoolIs(pool.Spec.Name, pool.Size, pool.Busy);
            using var turns = new SemaphoreSlim(Parallel);
            await Task.WhenAll(actions.Select(action => Do(pool, action, turns, cancellationToken)));
        }
        await fleet.Report([.. _pools.Select(p => p.Trouble).OfType<PoolTrouble>().Select(t => t with { IsOver = IsHopeless(t.Device) })], cancellationToken);
    }

    /// <summary>As long as one pool of the kind may still supply, nobody waits in vain.</summary>
    private bool IsHopeless(string device) => _pools.Where(p => p.Spec.Device == device && p.Spec.Max > 0).All(p => p.Trouble is { IsOver: true });

    private async Task Do(WarmPool pool, PoolAction action, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            await (action switch
            {
                PoolAction.Create create => Create(pool, create, cancellationToken),
                PoolAction.Retire retire => Retire(pool, retire.Pod, cancellationToken),
                PoolAction.Delete delete => Delete(pool, delete.Pod, delete.Why, cancellationToken),
                _ => throw new InvalidOperationException($"Pools have no {action.GetType().Name}."),
            });
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task Create(WarmPool pool, PoolAction.Create create, CancellationToken cancellationToken)
    {
        try
        {
            await client.Create(
                Kinds.Pods, client.Namespace, WorkerPod.Make(pool.Spec, create.Pod, spec.Installation, await owner.Find(cancellationToken), create.AvoidNodes), cancellationToken);
            LogCreated(pool.Spec.Name, create.Pod);
        }
        catch (KubernetesException exception) when (exception.IsConflict && exception.Reason == "AlreadyExists")
        {
            // An attempt whose answer was lost made it.
        }
        catch (KubernetesException exception)
        {
            lock (pool) pool.CreationFailed(create.Pod, exception.Message, time.GetUtcNow());
            LogNotCreated(pool.Spec.Name, exception.Message);
        }
    }

    private async Task Retire(WarmPool pool, PodView pod, CancellationToken cancellationToken)
    {
        if (await fleet.TryRetire(pod.Name, cancellationToken)) await Delete(pool, pod, "it is not needed", cancellationToken);
        else lock (pool) pool.StillThere(pod.Name);
    }

    private async Task Delete(WarmPool pool, PodView pod, string why, CancellationToken cancellationToken)
    {
        try
        {
            await client.Delete(Kinds.Pods, client.Namespace, pod.Name, pod.Uid, null, cancellationToken);
            LogDeleted(pool.Spec.Name, pod.Name, why);
        }
        catch (KubernetesException exception)
        {
            lock (pool) pool.StillThere(pod.Name);
            LogNotDeleted(pool.Spec.Name, pod.Name, exception.Message);
        }
    }

    [LoggerMessage(EventId = 6101, Level = LogLevel.Information, Message = "Pool {Pool}: created {Pod}")]
    private partial void LogCreated(string pool, string pod);

    [LoggerMessage(EventId = 6102, Level = LogLevel.Warning, Message = "Pool {Pool}: no Pod was created: {Reason}")]
    private partial void LogNotCreated(string pool, string reason);

    [LoggerMessage(EventId = 6103, Level = LogLevel.Information, Message = "Pool {Pool}: deleted {Pod}: {Reason}")]
    private partial void LogDeleted(string pool, string pod, string reason);

    [LoggerMessage(EventId = 6104, Level = LogLevel.Warning, Message = "Pool {Pool}: {Pod} was not deleted: {Reason}")]
    private partial void LogNotDeleted(string pool, string pod, string reason);
}
