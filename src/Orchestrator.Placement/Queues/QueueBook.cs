using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>All queues and claimants of a pool.</summary>
internal sealed class QueueBook(PoolSettings settings)
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>A queue in which nobody waited for longer is owed nothing for the time before.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>A lead of one share over so many seconds counts as one share now.</summary>
    private const double PastCounts = 600;

    /// <summary>The most that a queue can be owed, in shares times seconds.</summary>
    private const double MostOwed = 300;

    private readonly Dictionary<string, TeamQueue> _queues = settings.Queues.ToDictionary(q => q.Name, q => new TeamQueue(q), StringComparer.Ordinal);
    private readonly Dictionary<ExperimentId, Claimant> _claimants = [];
    private readonly List<(TeamQueue Queue, double Share)> _order = [];
    private readonly Queue<(Claimant Claimant, DateTimeOffset Since)> _resting = [];
    private long _turns;
    private DateTimeOffset _countedTo = DateTimeOffset.MinValue;

    public IReadOnlyCollection<TeamQueue> All => _queues.Values;

    public Claimant? Find(ExperimentId experiment) => _claimants.GetValueOrDefault(experiment);

    /// <summary>The claimant of an experiment, made where there is none yet.</summary>
    public Claimant Of(ExperimentId experiment)
    {
        if (!_claimants.TryGetValue(experiment, out var claimant)) _claimants.Add(experiment, claimant = new Claimant(experiment));
        return claimant;
    }

    /// <summary>The queue of a name, if there is one.</summary>
    public TeamQueue? Existing(string name) => _queues.GetValueOrDefault(name);

    /// <summary>The queue of a name; null where the pool has declared queues and this is none of them.</summary>
    public TeamQueue? Queue(string name)
    {
        if (_queues.TryGetValue(name, out var queue)) return queue;
        if (settings.Queues.Count > 0) return null;
        _queues.Add(name, queue = new TeamQueue(new QueueSpec(name)));
        return queue;
    }

    /// <summary>Counts what queues had until now. To be told before anything changes.</summary>
    public void Advance(DateTimeOffset now, Totals totals)
    {
        if (now <= _countedTo) return;
        var seconds = _countedTo == DateTimeOffset.MinValue ? 0 : (now - _countedTo).TotalSeconds;
        _countedTo = now;
        if (_queues.Count < 2) return;
        var most = double.MinValue;
        foreach (var queue in _queues.Values)
        {
            queue.Past += queue.Share(totals) * seconds;
            most = Math.Max(most, queue.Past);
        }
        foreach (var queue in _queues.Values)
        {
            queue.Past = Math.Max(queue.Past, most - MostOwed);
            var wasSpent = queue.WasSpent;
            queue.WasSpent = queue.IsSpent(now);
            if (queue.Waiting.Count == 0 || queue.WasSpent) continue;
            if (wasSpent) Forgive(queue);
            queue.LastWaited = now;
        }
    }

    /// <summary>Puts a claimant at the end of its queue, or before those of lower priority that have not waited long.</summary>
    public void Enqueue(Claimant claimant, DateTimeOffset now)
    {
        claimant.Since = now;
        claimant.Turn = now.Ticks - claimant.Demand!.Priority * settings.Aging.Ticks;
        claimant.TurnNumber = ++_turns;
        claimant.IsWaiting = true;
        if (claimant.Queue is not { } queue) return;
        if (queue.Waiting.Count == 0 && now - queue.LastWaited > Idle) Forgive(queue);
        queue.LastWaited = now;
        queue.Waiting.Add(claimant);
    }

    public static void Dequeue(Claimant claimant)
    {
        if (!claimant.IsWaiting) return;
        claimant.IsWaiting = false;
        claimant.Queue?.Waiting.Remove(claimant);
    }

    /// <summary>A claimant may have nothing left. It is remembered for a while: how long its attempts took is of use when it comes back.</summary>
    public void Rest(Claimant claimant, DateTimeOffset now)
    {
        if (claimant.IsAtRest && claimant.RestsSince is null)
        {
            claimant.RestsSince = now;
            _resting.Enqueue((claimant, now));
        }
    }

    /// <summary>Forgets the claimants that have wanted and had nothing for a while. An undeclared queue goes with its last one.</summary>
    public void ForgetIdle(DateTimeOffset now)
    {
        while (_resting.TryPeek(out var oldest) && now - oldest.Since > Memory)
        {
            var claimant = _resting.Dequeue().Claimant;
            claimant.RestsSince = null;
            if (!claimant.IsAtRest) continue;
            _claimants.Remove(claimant.Experiment);
            if (settings.Queues.Count == 0 && claimant.Queue is { Waiting.Count: 0, Runs.Count: 0 } queue && Array.TrueForAll(queue.Taken, t => t == 0))
                _queues.Remove(queue.Settings.Name);
        }
    }

    /// <summary>
    /// The queues in which someone waits, in the order in which they are served: by class, then by the weighted dominant share, now and in the past:
    /// so what big gangs have unevenly at one time is evened out over time. Sadok, Campista, Costa: Stateful DRF, IEEE Transactions on
    /// Computers 70(11), 2021.
    /// </summary>
    public IReadOnlyList<(TeamQueue Queue, double Share)> InOrder(Totals totals)
    {
        _order.Clear();
        foreach (var queue in _queues.Values)
        {
            if (queue.Waiting.Count > 0) _order.Add((queue, queue.Share(totals) + queue.Past / PastCounts));
        }
        if (_order.Count > 1) _order.Sort(ByRight);
        return _order;
    }

    /// <summary>A queue comes back: it is owed nothing for the time in which it wanted nothing, or could have nothing.</summary>
    private void Forgive(TeamQueue queue)
    {
        var least = double.MaxValue;
        foreach (var other in _queues.Values)
        {
            if (other != queue && other.Waiting.Count > 0 && !other.WasSpent) least = Math.Min(least, other.Past);
        }
        if (least < double.MaxValue) queue.Past = Math.Max(queue.Past, least);
    }

    private static int ByRight((TeamQueue Queue, double Share) x, (TeamQueue Queue, double Share) y)
    {
        var (a, b) = (x.Queue.Settings, y.Queue.Settings);
        if (a.Class != b.Class) return b.Class.CompareTo(a.Class);
        return x.Share != y.Share ? x.Share.CompareTo(y.Share) : string.CompareOrdinal(a.Name, b.Name);
    }
}
