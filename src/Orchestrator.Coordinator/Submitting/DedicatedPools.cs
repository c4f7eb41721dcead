using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Experiments;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>Whether sweeps may have gangs with machines of their own here, and like those of which pools.</summary>
/// <param name="pools">The coordinator's pools; null: it has none.</param>
public sealed class DedicatedPools(PoolsSpec? pools)
{
    /// <summary>Why a sweep can't have what it asks for; null: it can.</summary>
    public string? Fault(ExperimentSpec spec)
    {
        if (spec.Dedicated is not { } wanted) return null;
        if (pools is null) return "dedicated: this coordinator has no Kubernetes pools; start it with --kubernetes FILE, or leave 'dedicated' out.";
        if (!pools.Dedicated) return "dedicated: this installation creates no Jobs; set 'dedicated: true' in its pools file (with the chart: dedicated.enabled).";
        if (pools.Pools.FirstOrDefault(p => p.Name == wanted.Pool) is not { } pool)
            return $"dedicated: there is no pool '{wanted.Pool}'; there are {string.Join(", ", pools.Pools.Select(p => p.Name))}.";
        var device = DeviceNames.Of(spec.Resources.Device);
        return pool.Device == device ? null : $"dedicated: pool '{pool.Name}' has {pool.Device} devices, and resources.device is {device}.";
    }
}
