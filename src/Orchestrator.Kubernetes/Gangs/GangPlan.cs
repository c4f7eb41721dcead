using Orchestrator.Domain.Randomness;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>
/// Which Jobs there are to be, one for each gang that runs or is wanted: a pure state machine, observations in, actions out. Level-triggered: an action that was
/// lost is decided again. A Job with a rank that runs is never deleted. Not thread-safe: one owner.
/// </summary>
/// <param name="pools">The pools, which say how long a gang may take to come up.</param>
/// <param name="seed">Of the names of gangs; another one for each process, for names are never used twice.</param>
internal sealed class GangPlan(IReadOnlyList<WarmPoolSpec> pools, ulong seed)
{
    /// <summary>What an experiment says and what it has are not seen at one moment: a gang more or less is believed after a while.</summary>
    public static readonly TimeSpan ShortFor = TimeSpan.FromSeconds(1);

    /// <summary>The same for a gang too many: it may be wanted again by the next trial.</summary>
    public static readonly TimeSpan SurplusFor = TimeSpan.FromSeconds(10);

    /// <summary>Right after a restart experiments have not said yet what they want.</summary>
    public static readonly TimeSpan OrphanFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, GangQueue> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _orphans = new(StringComparer.Ordinal);
    private SplitMix64 _names = new(seed);

    /// <summary>What keeps gangs from starting.</summary>
    public IReadOnlyList<GangTrouble> Troubles => [.. _queues.Values.Select(q => q.Trouble).OfType<GangTrouble>()];

    /// <summary>What is to be done.</summary>
    public IReadOnlyList<GangAction> Decide(GangObservation seen, DateTimeOffset now)
    {
        var actions = new List<GangAction>();
        var byExperiment = seen.Gangs.ToLookup(g => g.Experiment, StringComparer.Ordinal);
        foreach (var demand in seen.Demands)
        {
            if (!_queues.TryGetValue(demand.Experiment, out var queue)) _queues[demand.Experiment] = queue = new GangQueue(Deadline(demand));
            queue.Decide(demand, [.. byExperiment[demand.Experiment]], () => Name(demand), now, actions);
        }
        var wanted = seen.Demands.Select(d => d.Experiment).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _queues.Keys.Where(e => !wanted.Contains(e)).ToList()) _queues.Remove(gone);
        Collect([.. seen.Gangs.Where(g => !wanted.Contains(g.Experiment) && !g.IsLeaving)], now, actions);
        foreach (var pod in seen.Gangs.Where(g => !g.IsLeaving).SelectMany(g => g.Pods))
        {
            if (pod is { Stage: PodStage.Alive, Node: { } node } && seen.LeavingNodes.TryGetValue(node, out var why)) actions.Add(new GangAction.Move(pod, why));
        }
        return actions;
    }

    /// <summary>The API server did not create a gang.</summary>
    public void CreationFailed(string experiment, string gang, string why, DateTimeOffset now)
    {
        if (_queues.TryGetValue(experiment, out var queue)) queue.CreationFailed(gang, why, now);
    }

    /// <summary>Those of experiments that are over, or that nobody speaks for.</summary>
    private void Collect(IReadOnlyList<GangView> gangs, DateTimeOffset now, List<GangAction> actions)
    {
        foreach (var name in _orphans.Keys.Except(gangs.Select(g => g.Name), StringComparer.Ordinal).ToList()) _orphans.Remove(name);
        foreach (var gang in gangs)
        {
            if (!_orphans.TryGetValue(gang.Name, out var since)) _orphans[gang.Name] = since = now;
            if (gang.End is not null || now - since >= OrphanFor) actions.Add(new GangAction.Delete(gang, gang.End?.Text ?? "no experiment wants it"));
        }
    }

    private TimeSpan Deadline(GangDemand demand) => pools.FirstOrDefault(p => p.Name == demand.Spec.Pool)?.Deadline ?? TimeSpan.Zero;

    private string Name(GangDemand demand) => $"{demand.Experiment}-{_names.NextUInt64() >> 32:x8}";
}
