using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>What an experiment whose gangs have machines of their own wants.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Spec">What its gangs are to be.</param>
/// <param name="Device">What each rank takes.</param>
/// <param name="WorldSize">Ranks of a gang.</param>
/// <param name="Waiting">How many gangs it could use beside those that run.</param>
/// <param name="Workers">Its workers that are alive, by id, which is the name of the Pod.</param>
public sealed record GangDemand(string Experiment, DedicatedSpec Spec, string Device, int WorldSize, int Waiting, IReadOnlyDictionary<string, FleetWorker> Workers)
{
    /// <summary>What each rank takes of memory, in megabytes; 0: what the pool's template says.</summary>
    public long Memory { get; init; }

    /// <summary>Nodes that its trials must not run on.</summary>
    public IReadOnlyList<string> ExcludedNodes { get; init; } = [];
}
