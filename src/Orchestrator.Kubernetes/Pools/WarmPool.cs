using Orchestrator.Domain.Randomness;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>
/// How many Pods a pool has, and which go: a pure state machine, observations in, actions out. Level-triggered: an action that was lost is
/// decided again. A worker that runs something is never removed to make the pool smaller. Not thread-safe: one owner.
/// </summary>
internal sealed class WarmPool
{
    /// <summary>At most so many Pods are created by one decision; the next one comes soon.</summary>
    public const int MaxCreations = 50;

    private static readonly TimeSpan UnseenFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartingSurplus = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DateTimeOffset> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _removed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _idleSince = new(StringComparer.Ordinal);
    private readonly NodeFailures _nodes = new();
    private SplitMix64 _names;
    private DateTimeOffset? _surplusSince;
    private DateTimeOffset? _troubleSince;
    private DateTimeOffset _notBefore;
    private string? _failure;
    private int _failures;

    /// <summary>A pool that knows nothing yet.</summary>
    /// <param name="spec">What it is to be.</param>
    /// <param name="seed">Of the names of its Pods; another one for each process, for names are never used twice.</param>
    public WarmPool(WarmPoolSpec spec, ulong seed) => (Spec, _names) = (spec, new SplitMix64(seed));

    /// <summary>What it is to be.</summary>
    public WarmPoolSpec Spec { get; }

    /// <summary>Why it can't grow; null: it can, or need not.</summary>
    public PoolTrouble? Trouble { get; private set; }

    /// <summary>How many workers of it run something.</summary>
    public int Busy { get; private set; }

    /// <summary>How many Pods it has, those that leave not counted.</summary>
    public int Size { get; private set; }

    /// <summary>What is to be done.</summary>
    public IReadOnlyList<PoolAction> Decide(PoolObservation seen, DateTimeOffset now)
    {
        Remember(seen, now);
        var actions = new List<PoolAction>();
        var serving = seen.Pods.Where(pod => Stays(pod, seen, now, actions)).ToList();
        Busy = serving.Count(pod => seen.Workers.GetValueOrDefault(pod.Name) is { IsBusy: true });
        Size = serving.Count + _created.Count;
        var wanted = Math.Clamp(Busy + seen.Waiting, Spec.Min, Spec.Max);
        Explain(serving, seen, wanted, now);
        if (Size < wanted) Grow(wanted - Size, now, actions);
        if (Size <= wanted) _surplusSince = null;
        else Shrink(serving, seen, Size - wanted, now, actions);
        return actions;
    }

    /// <summary>The API server did not create a Pod.</summary>
    public void CreationFailed(string pod, string why, DateTimeOffset now)
    {
        _created.Remove(pod);
        Failed(why, now);
    }

    /// <summary>A Pod was not removed: its worker has something to do, or the API server did not do it.</summary>
    public void StillThere(string pod)
    {
        _removed.Remove(pod);
        _idleSince.Remove(pod);
    }

    /// <summary>Forgets what has become visible, or should have long ago.</summary>
    private void Remember(PoolObservation seen, DateTimeOffset now)
    {
        foreach (var pod in seen.Pods)
        {
            _created.Remove(pod.Name);
            if (seen.Workers.GetValueOrDefault(pod.Name) is not { } worker) continue;
            (_failures, _failure) = (0, null); // one that came up shows that Pods can
            if (worker.IsBusy) _idleSince.Remove(pod.Name);
            else _idleSince.TryAdd(pod.Name, now);
        }
        Expire(_created, now - UnseenFor);
        Expire(_removed, now - UnseenFor);
        if (_idleSince.Count == 0) return;
        foreach (var name in _idleSince.Keys.Where(name => !seen.Workers.ContainsKey(name)).ToList()) _idleSince.Remove(name);
    }

    /// <summary>Whether a Pod serves; what has to go at once is added to the actions.</summary>
    private bool Stays(PodView pod, PoolObservation seen, DateTimeOffset now, List<PoolAction> actions)
    {
        if (pod.Stage == PodStage.Leaving || _removed.ContainsKey(pod.Name)) return false;
        var isRegistered = seen.Workers.ContainsKey(pod.Name);
        var why = pod switch
        {
            { Stage: PodStage.Succeeded } => "its worker left in order",
            { Stage: PodStage.Failed } => pod.Trouble ?? "it failed",
            { Node: { } node } when seen.LeavingNodes.TryGetValue(node, out var reason) => reason,
            // One without a node keeps waiting for one as long as it is wanted: an autoscaler may be making it.
            { Node: not null } when !isRegistered && now - pod.CreatedAt >= Spec.Deadline => $"its worker did not register within {Spec.Deadline.TotalSeconds:0} s{(pod.Trouble is null ? "" : $" ({pod.Trouble})")}",
            _ => null,
        };
        if (why is null) return true;
        if (pod.Stage == PodStage.Failed) Failed(pod, now);
        else if (pod.Stage == PodStage.Alive && !isRegistered && !seen.LeavingNodes.ContainsKey(pod.Node!)) Failed(pod with { Trouble = why }, now);
        _removed[pod.Name] = now;
        actions.Add(new PoolAction.Delete(pod, why));
        return false;
    }

    private void Failed(PodView pod, DateTimeOffset now)
    {
        if (pod.Node is { } node) _nodes.Failed(node, now);
        Failed(pod.Trouble ?? "a Pod failed", now);
    }

    private void Failed(string why, DateTimeOffset now)
    {
        _failure = why;
        var pause = FirstBackoff * Math.Pow(2, Math.Min(_failures++, 10));
        _notBefore = now + (pause < LongestBackoff ? pause : LongestBackoff);
    }

    private void Grow(int count, DateTimeOffset now, List<PoolAction> actions)
    {
        if (now < _notBefore) return;
        var avoided = _nodes.Avoided(now);
        for (var i = 0; i < Math.Min(count, MaxCreations); i++)
        {
            var name = $"{Spec.Name}-{_names.NextUInt64():x16}";
            _created[name] = now;
            actions.Add(new PoolAction.Create(name, avoided));
        }
    }

    /// <summary>Those that have not come up go first, then those that had nothing to do for longest.</summary>
    private void Shrink(List<PodView> serving, PoolObservation seen, int surplus, DateTimeOffset now, List<PoolAction> actions)
    {
        var since = _surplusSince ??= now;
        var startingMayGo = now - since >= (Spec.IdleAfter < StartingSurplus ? Spec.IdleAfter : StartingSurplus);
        var starting = serving.Where(pod => startingMayGo && !seen.Workers.ContainsKey(pod.Name)).OrderBy(pod => pod.Trouble is null).ThenByDescending(pod => pod.CreatedAt);
        var idle = serving.Where(pod => _idleSince.TryGetValue(pod.Name, out var idleSince) && now - idleSince >= Spec.IdleAfter).OrderBy(pod => _idleSince[pod.Name]);
        foreach (var pod in starting.Concat(idle).Take(surplus))
        {
            _removed[pod.Name] = now;
            actions.Add(new PoolAction.Retire(pod));
        }
    }

    private void Explain(List<PodView> serving, PoolObservation seen, int wanted, DateTimeOffset now)
    {
        var text = serving.Find(pod => pod.Trouble is not null && !seen.Workers.ContainsKey(pod.Name))?.Trouble ?? _failure;
        var isShort = seen.Waiting > 0 && wanted > serving.Count(pod => seen.Workers.ContainsKey(pod.Name));
        if (text is null || !isShort)
        {
            (Trouble, _troubleSince) = (null, null);
            return;
        }
        var since = _troubleSince ??= now;
        Trouble = new PoolTrouble(Spec.Name, Spec.Device, text, since, now - since >= Spec.Deadline);
    }

    private static void Expire(Dictionary<string, DateTimeOffset> names, DateTimeOffset before)
    {
        if (names.Count == 0) return;
        foreach (var name in names.Where(n => n.Value <= before).Select(n => n.Key).ToList()) names.Remove(name);
    }
}
