using Orchestrator.Domain.Specs;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Gangs;

/// <summary>The plan of one experiment's gangs of two, with a cluster that a test plays.</summary>
internal sealed class GangWorld
{
    private readonly SortedDictionary<string, GangView> _gangs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FleetWorker> _workers = new(StringComparer.Ordinal);

    public GangPlan Plan { get; } = new([new WarmPoolSpec("gpu", "cuda", 0, [])], seed: 1);

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public Dictionary<string, string> Leaving { get; } = new(StringComparer.Ordinal);

    public bool IsOver { get; set; }

    public IReadOnlyList<string> Gangs => [.. _gangs.Keys];

    public GangTrouble? Trouble => Plan.Troubles.Count == 0 ? null : Plan.Troubles[0];

    /// <summary>Looks twice, so that what is short or too many is believed; what is decided happens.</summary>
    public IReadOnlyList<GangAction> Decide(int waiting, TimeSpan? pause = null)
    {
        List<GangAction> actions = [.. Once(waiting)];
        Now += pause ?? GangPlan.ShortFor;
        actions.AddRange(Once(waiting));
        return actions;
    }

    public void Change(string gang, Func<GangView, GangView> change) => _gangs[gang] = change(_gangs[gang]);

    /// <summary>Its two Pods are on nodes; with workers, they are registered.</summary>
    public void Place(string gang, bool registered = true)
    {
        PodView[] pods = [.. Enumerable.Range(0, 2).Select(i => new PodView($"{gang}-{i}", $"{i}", "", PodStage.Alive, Now) { Node = $"n{i}" })];
        Change(gang, g => g with { Pods = pods });
        foreach (var pod in pods.Where(_ => registered)) _workers[pod.Name] = new FleetWorker(pod.Name, IsBusy: false);
    }

    public void Work(string gang, bool isBusy = true)
    {
        foreach (var pod in _gangs[gang].Pods) _workers[pod.Name] = new FleetWorker(pod.Name, isBusy);
    }

    private IReadOnlyList<GangAction> Once(int waiting)
    {
        var demand = new GangDemand("vae-1", new DedicatedSpec("gpu") { Queue = "team-a" }, "cuda", 2, waiting, _workers);
        var actions = Plan.Decide(new GangObservation(IsOver ? [] : [demand], [.. _gangs.Values], Leaving), Now);
        foreach (var action in actions)
        {
            if (action is GangAction.Create create) _gangs[create.Gang] = new GangView(create.Gang, "vae-1", Now);
            if (action is GangAction.Delete delete) _gangs.Remove(delete.Gang.Name);
        }
        return actions;
    }
}
