using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>The gangs of one experiment: those that run, those that come up, and what keeps them from it.</summary>
/// <param name="deadline">How long a gang's workers may take to register once they have a node, and how long an experiment that has nothing waits.</param>
internal sealed class GangQueue(TimeSpan deadline)
{
    private static readonly TimeSpan UnseenFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndingFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DateTimeOffset> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _removed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _endingSince = new(StringComparer.Ordinal);
    private DateTimeOffset? _shortSince;
    private DateTimeOffset? _surplusSince;
    private DateTimeOffset? _troubleSince;
    private DateTimeOffset _notBefore;
    private string? _failure;
    private int _failures;

    /// <summary>Why none starts; null: nothing is wrong, or none is wanted.</summary>
    public GangTrouble? Trouble { get; private set; }

    /// <summary>Adds what is to be done.</summary>
    public void Decide(GangDemand demand, IReadOnlyList<GangView> gangs, Func<string> name, DateTimeOffset now, List<GangAction> actions)
    {
        foreach (var gang in gangs) _created.Remove(gang.Name);
        Expire(_created, now - UnseenFor);
        Expire(_removed, now - UnseenFor);
        Expire(_endingSince, now - 2 * EndingFor);
        var open = gangs.Where(gang => Stays(gang, demand, now, actions)).ToList();
        var busy = open.Count(gang => IsBusy(gang, demand));
        if (busy > 0) (_failures, _failure) = (0, null);
        var (wanted, have) = (busy + demand.Waiting, open.Count + _created.Count);
        Explain(demand, open, now);
        if (have >= wanted) _shortSince = null;
        else if (now - (_shortSince ??= now) >= GangPlan.ShortFor && now >= _notBefore) Grow(wanted - have, demand, name, now, actions);
        if (have <= wanted) _surplusSince = null;
        else if (now - (_surplusSince ??= now) >= GangPlan.SurplusFor)
        {
            foreach (var gang in open.Where(g => !IsBusy(g, demand)).OrderByDescending(g => g.CreatedAt).Take(have - wanted)) Remove(gang, "it is not needed", now, actions);
        }
    }

    /// <summary>The API server did not create a gang.</summary>
    public void CreationFailed(string gang, string why, DateTimeOffset now)
    {
        _created.Remove(gang);
        Failed(why, now);
    }

    private void Grow(int count, GangDemand demand, Func<string> name, DateTimeOffset now, List<GangAction> actions)
    {
        for (var i = 0; i < Math.Min(count, WarmPool.MaxCreations); i++)
        {
            var gang = name();
            _created[gang] = now;
            actions.Add(new GangAction.Create(gang, demand));
        }
    }

    /// <summary>Whether a gang runs or may run a trial; what has to go is added to the actions.</summary>
    private bool Stays(GangView gang, GangDemand demand, DateTimeOffset now, List<GangAction> actions)
    {
        if (gang.IsLeaving || _removed.ContainsKey(gang.Name)) return false;
        if (gang.End is { } end)
        {
            if (end.IsFailure) Failed(end.Text, now);
            Remove(gang, end.Text, now, actions);
            return false;
        }
        if (IsBusy(gang, demand)) return true;
        if (gang.IsEnding)
        {
            // Its workers leave by themselves. Where one failed at the very end, its Job made another one, which would wait for ever.
            if (!_endingSince.TryGetValue(gang.Name, out var since)) _endingSince[gang.Name] = since = now;
            if (now - since >= EndingFor) Remove(gang, "its trial is over", now, actions);
            return false;
        }
        if (gang.IsSuspended || gang.Pods.FirstOrDefault(pod => IsOverdue(pod, demand, now)) is not { } late) return true;
        var why = $"worker {late.Name} did not register within {deadline.TotalSeconds:0} s{(late.Trouble is null ? "" : $" ({late.Trouble})")}";
        Failed(why, now);
        Remove(gang, why, now, actions);
        return false;
    }

    private bool IsOverdue(PodView pod, GangDemand demand, DateTimeOffset now) =>
        pod is { Stage: PodStage.Alive, Node: not null } && !demand.Workers.ContainsKey(pod.Name) && now - pod.CreatedAt >= deadline;

    private static bool IsBusy(GangView gang, GangDemand demand) => gang.Pods.Any(pod => demand.Workers.GetValueOrDefault(pod.Name) is { IsBusy: true });

    private static bool IsWhole(GangView gang, GangDemand demand) => gang.Pods.Count(pod => demand.Workers.ContainsKey(pod.Name)) >= demand.WorldSize;

    private void Remove(GangView gang, string why, DateTimeOffset now, List<GangAction> actions)
    {
        _removed[gang.Name] = now;
        actions.Add(new GangAction.Delete(gang, why));
    }

    private void Failed(string why, DateTimeOffset now)
    {
        _failure = why;
        var pause = FirstBackoff * Math.Pow(2, Math.Min(_failures++, 10));
        _notBefore = now + (pause < LongestBackoff ? pause : LongestBackoff);
    }

    /// <summary>A gang that a quota system holds back waits for as long as that takes; other reasons have a deadline.</summary>
    private void Explain(GangDemand demand, List<GangView> open, DateTimeOffset now)
    {
        var coming = open.Where(gang => !IsWhole(gang, demand)).ToList();
        var text = demand.Waiting == 0 ? null : coming.SelectMany(g => g.Pods).Select(p => p.Stage == PodStage.Failed ? null : p.Trouble).FirstOrDefault(t => t is not null) ?? _failure;
        if (text is null && demand.Waiting > 0 && coming.Find(gang => gang.IsSuspended) is { } held)
        {
            (_troubleSince, Trouble) = (null, new GangTrouble(demand.Experiment, demand.Device, $"Job {held.Name} is suspended{(demand.Spec.Queue is { } queue ? $"; it waits in the cluster's queue '{queue}'" : "")}", held.CreatedAt, false));
            return;
        }
        if (text is null) (_troubleSince, Trouble) = (null, null);
        else Trouble = new GangTrouble(demand.Experiment, demand.Device, text, _troubleSince ??= now, now - _troubleSince >= deadline);
    }

    private static void Expire(Dictionary<string, DateTimeOffset> names, DateTimeOffset before)
    {
        if (names.Count == 0) return;
        foreach (var name in names.Where(n => n.Value <= before).Select(n => n.Key).ToList()) names.Remove(name);
    }
}
