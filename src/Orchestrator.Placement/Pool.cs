using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>
/// Where attempts run: a pure state machine over workers (one slot each) and the experiments' demand. Demand and workers are told
/// again and again (level-triggered), so a lost message mends itself. Gangs are formed all or none; experiments take turns in the
/// order in which their demand arose. Not thread-safe: one owner.
/// </summary>
/// <param name="lease">A worker that is not heard for this long is lost.</param>
/// <param name="startedAt">When this pool came to be; workers of an earlier one get a lease's time to come back.</param>
public sealed class Pool(TimeSpan lease, DateTimeOffset startedAt)
{
    private readonly Dictionary<WorkerId, Slot> _slots = [];
    private readonly SortedDictionary<string, Slot> _freeByName = new(StringComparer.Ordinal);
    private readonly LinkedList<(ExperimentId Experiment, Demand Demand)> _queue = [];
    private long _gangs;

    /// <summary>The workers that are alive.</summary>
    public IReadOnlyCollection<Slot> Slots => _slots.Values;

    /// <summary>Finds a worker, or null.</summary>
    public Slot? Find(WorkerId worker) => _slots.GetValueOrDefault(worker);

    /// <summary>A worker registers or sends a heartbeat.</summary>
    /// <param name="offer">What it brings.</param>
    /// <param name="running">What it runs, or has been told to run; null when idle.</param>
    /// <param name="now">The time.</param>
    public void Seen(WorkerOffer offer, AttemptId? running, DateTimeOffset now)
    {
        if (!_slots.TryGetValue(offer.Worker, out var slot)) _slots.Add(offer.Worker, slot = new Slot(offer, now));
        slot.Offer = offer;
        slot.LastSeen = now;
        if (slot.Reserved is null) slot.Attempt = running;
        Index(slot);
    }

    /// <summary>A worker leaves in order, or its stay is ended.</summary>
    public void Leave(WorkerId worker)
    {
        if (_slots.Remove(worker, out var slot)) _freeByName.Remove(slot.Offer.Worker.Value);
    }

    /// <summary>A worker takes no new attempts from now on.</summary>
    public void Drain(WorkerId worker)
    {
        if (!_slots.TryGetValue(worker, out var slot)) return;
        slot.Draining = true;
        Index(slot);
    }

    /// <summary>An experiment says how many more gangs it could use. It keeps its place in the queue until it wants none.</summary>
    public void SetDemand(ExperimentId experiment, Demand demand)
    {
        var node = _queue.First;
        while (node is not null && node.Value.Experiment != experiment) node = node.Next;
        if (demand.Gangs <= 0)
        {
            if (node is not null) _queue.Remove(node);
            return;
        }
        if (node is null) _queue.AddLast((experiment, demand));
        else node.Value = (experiment, demand);
    }

    /// <summary>
    /// Forms the next gang that fits, or null. Its slots are set aside until <see cref="Accept"/> or <see cref="Decline"/>.
    /// The experiment goes to the end of the queue. A gang that does not fit holds back those behind it that want the same kind
    /// of slot, so that big gangs do not starve.
    /// </summary>
    public Gang? FormGang()
    {
        HashSet<DeviceKind> held = [];
        for (var node = _queue.First; node is not null; node = node.Next)
        {
            var (experiment, demand) = node.Value;
            if (held.Contains(demand.Device)) continue;
            if (TakeFree(demand) is not { } workers)
            {
                held.Add(demand.Device);
                continue;
            }
            _queue.Remove(node);
            if (demand.Gangs > 1) _queue.AddLast((experiment, demand with { Gangs = demand.Gangs - 1 }));
            var gang = new Gang(++_gangs, experiment, [.. workers.Select(w => w.Offer.Worker)]);
            foreach (var slot in workers)
            {
                slot.Reserved = gang;
                Index(slot);
            }
            return gang;
        }
        return null;
    }

    /// <summary>The experiment runs an attempt on the gang.</summary>
    public void Accept(Gang gang, AttemptId attempt) => Settle(gang, attempt);

    /// <summary>The experiment does not need the gang.</summary>
    public void Decline(Gang gang) => Settle(gang, null);

    /// <summary>A worker has ended its part of an attempt, or never began it.</summary>
    public void Release(WorkerId worker, AttemptId attempt)
    {
        if (!_slots.TryGetValue(worker, out var slot) || slot.Attempt != attempt) return;
        slot.Attempt = null;
        Index(slot);
    }

    /// <summary>Takes out the workers whose lease is over, and says which.</summary>
    public IReadOnlyList<Slot> ExpireLeases(DateTimeOffset now)
    {
        List<Slot>? lost = null;
        foreach (var slot in _slots.Values)
        {
            if (now - slot.LastSeen > lease) (lost ??= []).Add(slot);
        }
        if (lost is null) return [];
        foreach (var slot in lost) Leave(slot.Offer.Worker);
        return lost;
    }

    /// <summary>
    /// Whether an attempt can't be running any more: one of its workers is gone, or runs something else.
    /// Right after a restart a worker that has not come back yet counts as running, for the length of a lease.
    /// </summary>
    /// <returns>The worker that is missing, or null.</returns>
    public WorkerId? Missing(AttemptId attempt, IReadOnlyList<WorkerId> workers, DateTimeOffset now)
    {
        foreach (var worker in workers)
        {
            if (_slots.TryGetValue(worker, out var slot))
            {
                if (slot.Attempt != attempt && slot.Reserved is null) return worker;
            }
            else if (now - startedAt > lease)
            {
                return worker;
            }
        }
        return null;
    }

    /// <summary>Where an experiment stands in the queue, from 1; 0 when it wants nothing.</summary>
    public int QueuePosition(ExperimentId experiment)
    {
        var position = 0;
        foreach (var entry in _queue)
        {
            position++;
            if (entry.Experiment == experiment) return position;
        }
        return 0;
    }

    private List<Slot>? TakeFree(Demand demand)
    {
        if (_freeByName.Count < demand.WorldSize) return null;
        var free = _freeByName.Values.Where(s => s.Offer.Device == demand.Device);
        var byHost = free.GroupBy(s => s.Offer.Host, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        if (byHost.Sum(h => h.Count) < demand.WorldSize) return null;
        var tightest = byHost.Where(h => h.Count >= demand.WorldSize).MinBy(h => h.Count);
        if (tightest is not null) return tightest[..demand.WorldSize];
        return [.. byHost.OrderByDescending(h => h.Count).SelectMany(h => h).Take(demand.WorldSize)];
    }

    private void Settle(Gang gang, AttemptId? attempt)
    {
        foreach (var worker in gang.Workers)
        {
            if (!_slots.TryGetValue(worker, out var slot) || slot.Reserved != gang) continue;
            slot.Reserved = null;
            slot.Attempt = attempt;
            Index(slot);
        }
    }

    private void Index(Slot slot)
    {
        if (slot.IsFree) _freeByName[slot.Offer.Worker.Value] = slot;
        else _freeByName.Remove(slot.Offer.Worker.Value);
    }
}
