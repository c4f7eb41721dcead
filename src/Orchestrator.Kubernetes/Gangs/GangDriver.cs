using Microsoft.Extensions.Logging;
using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Between the plan of the gangs and the API server and the experiments: one round at a time.</summary>
internal sealed partial class GangDriver(PoolsSpec spec, KubernetesClient client, InstallationOwner owner, IGangFleet fleet, TimeProvider time, ILogger logger)
{
    private readonly GangPlan _plan = new(spec.Pools, BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong))));
    private readonly JobDiscovery _discovery = new(client);

    /// <summary>Looks, decides and acts, once.</summary>
    public async Task Round(IEnumerable<Job> jobs, IEnumerable<Pod> pods, IEnumerable<Node> nodes, CancellationToken cancellationToken)
    {
        var demands = await fleet.Demands(cancellationToken);
        var now = time.GetUtcNow();
        foreach (var action in _plan.Decide(new GangObservation(demands, GangReading.Of(jobs, pods, now), LeavingNodes.Of(nodes)), now))
        {
            await (action switch
            {
                GangAction.Create create => Create(create, cancellationToken),
                GangAction.Delete delete => Delete(delete, cancellationToken),
                GangAction.Move move => Move(move, cancellationToken),
                _ => throw new InvalidOperationException($"Gangs have no {action.GetType().Name}."),
            });
        }
        await fleet.Report(_plan.Troubles, cancellationToken);
    }

    /// <summary>Deletes a gang's Job, or the set that it is part of; the cluster deletes its Pods.</summary>
    public static Task<bool> Delete(KubernetesClient client, GangView gang, CancellationToken cancellationToken) => gang.Kind == "JobSet"
        ? client.Delete(Kinds.JobSets, client.Namespace, gang.Name, null, null, cancellationToken)
        : client.Delete(Kinds.Jobs, client.Namespace, gang.Name, null, null, cancellationToken);

    private async Task Create(GangAction.Create create, CancellationToken cancellationToken)
    {
        var (gang, demand) = (create.Gang, create.Demand);
        try
        {
            await Demand(demand.Spec, cancellationToken);
            var pool = spec.Pools.FirstOrDefault(p => p.Name == demand.Spec.Pool) ?? throw KubernetesException.Access($"There is no pool '{demand.Spec.Pool}'.");
            var job = GangJob.Make(demand, pool, gang, spec.Installation, await owner.Find(cancellationToken), await _discovery.Jobs(demand, pool, spec.Installation, cancellationToken));
            var made = demand.Spec.Kind == GangKind.JobSet
                ? (await client.Create(Kinds.JobSets, client.Namespace, job, cancellationToken)).Metadata
                : (await client.Create(Kinds.Jobs, client.Namespace, job, cancellationToken)).Metadata;
            LogCreated(demand.Experiment, gang);
            var reference = new OwnerReference { ApiVersion = (string)job["apiVersion"]!, Kind = (string)job["kind"]!, Name = gang, Uid = made.Uid! };
            if (GangJob.PodGroup(demand, gang, spec.Installation, reference) is { } group) await client.Create(GroupKind(demand.Spec.Scheduler), client.Namespace, group, cancellationToken);
        }
        catch (KubernetesException exception) when (exception.IsConflict && exception.Reason == "AlreadyExists")
        {
            // An attempt whose answer was lost made it.
        }
        catch (KubernetesException exception)
        {
            _plan.CreationFailed(demand.Experiment, gang, exception.Message, time.GetUtcNow());
            LogNotCreated(demand.Experiment, exception.Message);
        }
    }

    /// <summary>What the sweep asks for and others have to have added to the cluster.</summary>
    private async Task Demand(DedicatedSpec wanted, CancellationToken cancellationToken)
    {
        if (wanted.Kind == GangKind.JobSet) await Demand(Kinds.JobSets, cancellationToken);
        if (wanted.Scheduler != GangScheduler.None) await Demand(GroupKind(wanted.Scheduler), cancellationToken);
    }

    private async Task Demand(ResourceKind<Other> kind, CancellationToken cancellationToken)
    {
        if (!await _discovery.Has(kind, cancellationToken)) throw KubernetesException.Access($"This cluster has no {kind.Plural} of {kind.ApiVersion}, which the sweep's 'dedicated' asks for.");
    }

    private static ResourceKind<Other> GroupKind(GangScheduler scheduler) => scheduler == GangScheduler.Volcano ? Kinds.VolcanoGroups : Kinds.CoschedulingGroups;

    private async Task Delete(GangAction.Delete delete, CancellationToken cancellationToken)
    {
        var gang = delete.Gang;
        try
        {
            await Delete(client, gang, cancellationToken);
            LogDeleted(gang.Experiment, gang.Name, delete.Why);
        }
        catch (KubernetesException exception)
        {
            LogNotDeleted(gang.Experiment, gang.Name, exception.Message); // it is decided again
        }
    }

    private async Task Move(GangAction.Move move, CancellationToken cancellationToken)
    {
        try
        {
            await client.Delete(Kinds.Pods, client.Namespace, move.Pod.Name, move.Pod.Uid, null, cancellationToken);
            LogMoved(move.Pod.Name, move.Why);
        }
        catch (KubernetesException exception)
        {
            LogNotDeleted("", move.Pod.Name, exception.Message);
        }
    }

    [LoggerMessage(EventId = 6301, Level = LogLevel.Information, Message = "{Experiment}: created Job {Gang}")]
    private partial void LogCreated(string experiment, string gang);

    [LoggerMessage(EventId = 6302, Level = LogLevel.Warning, Message = "{Experiment}: no Job was created: {Reason}")]
    private partial void LogNotCreated(string experiment, string reason);

    [LoggerMessage(EventId = 6303, Level = LogLevel.Information, Message = "{Experiment}: deleted Job {Gang}: {Reason}")]
    private partial void LogDeleted(string experiment, string gang, string reason);

    [LoggerMessage(EventId = 6304, Level = LogLevel.Warning, Message = "{Experiment}: {Name} was not deleted: {Reason}")]
    private partial void LogNotDeleted(string experiment, string name, string reason);

    [LoggerMessage(EventId = 6305, Level = LogLevel.Information, Message = "Deleted Pod {Pod}, which its Job replaces: {Reason}")]
    private partial void LogMoved(string pod, string reason);
}
