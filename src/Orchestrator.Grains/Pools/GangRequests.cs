using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Experiments;

namespace Orchestrator.Grains.Pools;

/// <summary>Between what a sweep says of its gangs and what crosses grain calls.</summary>
public static class GangRequests
{
    /// <summary>What an experiment wants that has so many gangs.</summary>
    public static GangRequest Of(Experiment experiment, int running)
    {
        var (resources, dedicated) = (experiment.Spec.Resources, experiment.Spec.Dedicated!);
        return new GangRequest(
            experiment.Id.Value, DeviceNames.Of(resources.Device), resources.WorldSize, experiment.Demand, running, dedicated.Pool, dedicated.Queue, dedicated.RequireTopology,
            dedicated.PreferTopology, dedicated.Kind, dedicated.Scheduler, [.. experiment.ExcludedHosts.Order(StringComparer.Ordinal)], resources.MemoryMegabytes);
    }

    /// <summary>What the gangs are to be.</summary>
    public static DedicatedSpec Spec(GangRequest request) => new(request.Pool)
    {
        Queue = request.Queue,
        RequireTopology = request.RequireTopology,
        PreferTopology = request.PreferTopology,
        Kind = request.Kind,
        Scheduler = request.Scheduler,
    };
}
