using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>All queues and claimants of a pool.</summary>
internal sealed class QueueBook(PoolSettings settings)
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, TeamQueue> _queues = settings.Queues.ToDictionary(q => q.Name, q => new TeamQueue(q), StringComparer.Ordinal);
    private readonly Dictionary<ExperimentId, Claimant> _claimants = [];
    private readonly List<(TeamQueue Queue, double Share)> _order = [];
    private readonly Queue<(Claimant Claimant, DateTimeOffset Since)> _resting = [];
    private long _turns;

    public IReadOnlyCollection<TeamQueue> All => _queues.Values;

    public Claimant? Find(ExperimentId experiment) => _claimants.GetValueOrDefault(experiment);

    /// <summary>The claimant of an experiment, made where there is none yet.</summary>
    public Claimant Of(ExperimentId experiment)
    {
        if (!_claimants.TryGetValue(experiment, out var claimant)) _claimants.Add(experiment, claimant = new Claimant(experiment));
        return claimant;
    }

    /// <summary>The queue of a name; null where the pool has declared queues and this is none of them.</summary>
    public TeamQueue? Queue(string name)
    {
        if (_queues.TryGetValue(name, out var queue)) return queue;
        if (settings.Queues.Count > 0) return null;
        _queues.Add(name, queue = new TeamQueue(new QueueSpec(name)));
        return queue;
    }

    /// <summary>Puts a claimant at the end of its queue, or before those of lower priority that have not waited long.</summary>
    public void Enqueue(Claimant claimant, DateTimeOffset now)
    {
        claimant.Since = now;
        claimant.Turn = now.Ticks - claimant.Demand!.Priority * settings.Aging.Ticks;
        claimant.TurnNumber = ++_turns;
        claimant.IsWaiting = true;
        claimant.Queue?.Waiting.Add(claimant);
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

    /// <summary>The queues in which someone waits, in the order in which they are served: by class, then the least weighted dominant share.</summary>
    public IReadOnlyList<(TeamQueue Queue, double Share)> InOrder(int[] totals)
    {
        _order.Clear();
        foreach (var queue in _queues.Values)
        {
            if (queue.Waiting.Count > 0) _order.Add((queue, queue.Share(totals)));
        }
        if (_order.Count > 1) _order.Sort(ByRight);
        return _order;
    }

    private static int ByRight((TeamQueue Queue, double Share) x, (TeamQueue Queue, double Share) y)
    {
        var (a, b) = (x.Queue.Settings, y.Queue.Settings);
        if (a.Class != b.Class) return b.Class.CompareTo(a.Class);
        return x.Share != y.Share ? x.Share.CompareTo(y.Share) : string.CompareOrdinal(a.Name, b.Name);
    }
}
