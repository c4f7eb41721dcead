using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>
/// Where attempts run: a pure state machine over workers (one slot each, one or more slots on a device) and the experiments' demand. Demand and
/// workers are told again and again (level-triggered), so a lost message mends itself. Gangs are formed all or none.
/// Who is next: the queue of the highest class, of those the one with the least weighted dominant share, now and in the past; in it, who has waited longest, priorities
/// counting as waiting. A gang that is next and does not fit gets the devices kept for it that will be free soonest (<see cref="Reservation"/>);
/// meanwhile others use what is left. See docs/placement.md. Not thread-safe: one owner. Times that it is given must not go back.
/// </summary>
public sealed class Pool
{
    private readonly PoolSettings _settings;
    private readonly DateTimeOffset _startedAt;
    private readonly ClusterMap _map = new();
    private readonly QueueBook _queues;
    private readonly SlotTable _slots;
    private readonly Preemptor _preemptor;
    private readonly ReservationBook _reservations;
    private readonly FitCheck _fits;
    private readonly Explainer _explainer;
    private readonly bool[] _overQuota = new bool[Place.Kinds];
    private readonly bool[] _hasNext = new bool[Place.Kinds];
    private bool _hasChanged;
    private bool _hasNewDemand;
    private DateTimeOffset _lookAgainAt;
    private long _gangs;

    /// <summary>An empty pool.</summary>
    /// <param name="settings">How workers are shared.</param>
    /// <param name="startedAt">When this pool came to be; workers of an earlier one get a lease's time to come back.</param>
    public Pool(PoolSettings settings, DateTimeOffset startedAt)
    {
        (_settings, _startedAt) = (settings, startedAt);
        _queues = new QueueBook(settings);
        _slots = new SlotTable(settings, _map, _queues);
        _preemptor = new Preemptor(settings, _map, _queues);
        _reservations = new ReservationBook(_map, _slots, _preemptor);
        _fits = new FitCheck(settings, _map, _slots, _queues);
        _explainer = new Explainer(_map, _reservations, _fits);
    }

    /// <summary>The workers that are alive.</summary>
    public IReadOnlyCollection<Slot> Slots => _slots.All;

    /// <summary>How many devices of a kind there are.</summary>
    public int Devices(DeviceKind kind) => _map.Root.Total[(int)kind];

    /// <summary>How many of them are wholly free and not kept for a gang.</summary>
    public int FreeDevices(DeviceKind kind) => _map.Root.Free[(int)kind];

    /// <summary>Finds a worker, or null.</summary>
    public Slot? Find(WorkerId worker) => _slots.Find(worker);

    /// <summary>A worker registers or sends a heartbeat.</summary>
    /// <param name="offer">What it brings.</param>
    /// <param name="running">What it runs, or has been told to run; null when idle.</param>
    /// <param name="now">The time.</param>
    public void Seen(WorkerOffer offer, AttemptId? running, DateTimeOffset now)
    {
        _queues.Advance(now, _map.Totals);
        _hasChanged |= _slots.Seen(offer, running, now);
    }

    /// <summary>A worker leaves in order, or its stay is ended.</summary>
    public void Leave(WorkerId worker, DateTimeOffset now)
    {
        if (_slots.Find(worker) is not { } slot) return;
        _queues.Advance(now, _map.Totals);
        _slots.Leave(slot, now);
        _hasChanged = true;
    }

    /// <summary>A worker takes no new attempts from now on.</summary>
    public void Drain(WorkerId worker)
    {
        if (_slots.Find(worker) is { } slot) _slots.Drain(slot);
    }

    /// <summary>Gives a worker nothing more to do, so that it can be taken away. One that is gone already can be.</summary>
    /// <returns>False where it runs something, is set aside for a gang, or is kept for one: nothing has changed.</returns>
    public bool TryRetire(WorkerId worker)
    {
        if (_slots.Find(worker) is not { } slot) return true;
        if (slot.Reserved is not null || slot.Run is not null || slot.Device.HeldBy is not null) return false;
        _slots.Drain(slot);
        return true;
    }

    /// <summary>How many more slots of a kind could be used now, were there enough: those that wait, as far as quotas allow and they can ever fit.</summary>
    public int Wanted(DeviceKind kind, DateTimeOffset now)
    {
        long wanted = 0;
        foreach (var queue in _queues.All)
        {
            if (queue.IsSpent(now)) continue;
            var room = queue.Quota(kind) - queue.Taken[(int)kind];
            foreach (var claimant in queue.Waiting)
            {
                if (claimant.Demand is not { } demand || demand.Device != kind || _fits.Never(demand, now) is not null) continue;
                var gangs = Math.Min(demand.Gangs, Math.Max(0, room / demand.Units));
                wanted += gangs * demand.WorldSize;
                room -= gangs * demand.Units;
            }
        }
        return (int)Math.Min(wanted, int.MaxValue);
    }

    /// <summary>
    /// An experiment says how many more gangs it could use, and what they are like. It keeps its place in the queue until it wants none;
    /// with each gang that it gets it goes to the end.
    /// </summary>
    public void SetDemand(ExperimentId experiment, Demand demand, DateTimeOffset now)
    {
        if (demand.Gangs <= 0 && _queues.Find(experiment) is null) return;
        var claimant = _queues.Of(experiment);
        var like = claimant.Demand is { } before && before.IsLike(demand);
        if (like) claimant.Demand = demand;
        else Adopt(claimant, demand);
        if (demand.Gangs > 0 && claimant.Queue is not null)
        {
            if (claimant.IsWaiting) return;
            _queues.Enqueue(claimant, now);
            _hasChanged = _hasNewDemand = true;
        }
        else if (demand.Gangs > 0)
        {
            (claimant.IsWaiting, claimant.Since) = (true, now); // there is no such queue: it can only be told so
        }
        else
        {
            Withdraw(experiment, now);
        }
    }

    /// <summary>
    /// An experiment says what device time it has used of each day, in all, again and again: saying it twice changes nothing. Matters where its queue has a budget.
    /// </summary>
    /// <returns>What was news of the present period: to be kept, and said to a later pool.</returns>
    public IReadOnlyList<DeviceTime> Used(ExperimentId experiment, string queue, IEnumerable<DeviceTime> days, DateTimeOffset now)
    {
        if (_queues.Existing(queue) is not { Account: { } account } team) return [];
        _queues.Advance(now, _map.Totals);
        var news = account.Say(experiment, days, now);
        _hasChanged |= team.WasSpent != team.IsSpent(now);
        return news;
    }

    /// <summary>An experiment wants no more gangs. What it runs stays.</summary>
    public void Withdraw(ExperimentId experiment, DateTimeOffset now)
    {
        if (_queues.Find(experiment) is not { } claimant) return;
        if (claimant.Reservation is { } reservation) _reservations.Drop(reservation);
        SlotTable.Spare(claimant);
        QueueBook.Dequeue(claimant);
        _queues.Rest(claimant, now);
        _hasChanged = true;
    }

    /// <summary>
    /// Forms the next gang, or null. Its slots are set aside until <see cref="Accept"/> or <see cref="Decline"/>. O(log n) in workers and
    /// trials where a gang forms at once, O(1) where nothing has changed since the last time.
    /// </summary>
    public Gang? FormGang(DateTimeOffset now)
    {
        if (!_hasChanged && now < _lookAgainAt) return null;
        _queues.Advance(now, _map.Totals);
        if (_hasNewDemand || now >= _lookAgainAt || HasFree())
        {
            Array.Clear(_hasNext);
            foreach (var (queue, _) in _queues.InOrder(_map.Totals))
            {
                if (Serve(queue, now) is { } gang) return gang;
            }
        }
        _hasChanged = _hasNewDemand = false;
        _lookAgainAt = now + Preemptor.LookAgain;
        return null;
    }

    /// <summary>The experiment runs an attempt on the gang.</summary>
    public void Accept(Gang gang, AttemptId attempt, DateTimeOffset now) => Settle(gang, attempt, now);

    /// <summary>The experiment does not need the gang.</summary>
    public void Decline(Gang gang, DateTimeOffset now) => Settle(gang, null, now);

    /// <summary>A worker has ended its part of an attempt, or never began it.</summary>
    public void Release(WorkerId worker, AttemptId attempt, DateTimeOffset now)
    {
        if (_slots.Find(worker) is not { } slot || slot.Attempt != attempt) return;
        _queues.Advance(now, _map.Totals);
        _slots.Vacate(slot, now);
        _hasChanged = true;
    }

    /// <summary>Takes out the workers whose lease is over, and says which.</summary>
    public IReadOnlyList<Slot> ExpireLeases(DateTimeOffset now)
    {
        var lost = _slots.Silent(now);
        foreach (var slot in lost) Leave(slot.Offer.Worker, now);
        _queues.ForgetIdle(now);
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
            if (_slots.Find(worker) is { } slot)
            {
                if (slot.Attempt != attempt && slot.Reserved is null) return worker;
            }
            else if (now - _startedAt > _settings.Lease)
            {
                return worker;
            }
        }
        return null;
    }

    /// <summary>Where an experiment stands and what it waits for; null where it wants nothing.</summary>
    public Waiting? Explain(ExperimentId experiment, DateTimeOffset now) => _queues.Find(experiment) is { } claimant ? _explainer.Explain(claimant, now) : null;

    /// <summary>The attempts of an experiment that are to end at a checkpoint, because its team's budget is spent or others have more right to their slots, and why.</summary>
    public IReadOnlyList<Preemption> Preemptions(ExperimentId experiment, DateTimeOffset now)
    {
        if (_queues.Find(experiment) is not { } claimant) return [];
        if (claimant is { Runs.Count: > 0, Queue: { } queue } && queue.IsSpent(now))
            return [.. claimant.Runs.Values.OrderBy(r => r.Number).Select(r => new Preemption(r.Attempt, $"Queue '{queue.Settings.Name}' {queue.BudgetUse(now)}."))];
        return claimant.ToEnd.Count == 0
            ? []
            : [.. claimant.ToEnd.OrderBy(r => r.Number).Select(r => new Preemption(r.Attempt, $"Its slots went to {r.PreemptedFor!.Experiment} in queue '{r.PreemptedFor.Demand!.Queue}', which has more right to them."))];
    }

    /// <summary>Every queue: what it has and who waits in it. O(n²) in the experiments that wait: for people, not for every event.</summary>
    public IReadOnlyList<QueueUsage> Queues(DateTimeOffset now) =>
    [
        .. _queues.All.OrderBy(q => q.Settings.Name, StringComparer.Ordinal).Select(queue => new QueueUsage(
            queue.Settings,
            Enum.GetValues<DeviceKind>().Where(kind => queue.Taken[(int)kind] > 0).ToDictionary(kind => kind, kind => queue.Taken[(int)kind] / (double)Device.Whole),
            queue.Share(_map.Totals) * queue.Settings.Weight,
            queue.BudgetUse(now),
            [.. queue.Waiting.Select(c => new QueueEntry(c.Experiment, c.Demand!, _explainer.Explain(c, now)!))])),
    ];

    /// <summary>How much each queue has and how many wait, without the reasons.</summary>
    public IReadOnlyList<QueueLoad> QueueLoads(DateTimeOffset now) =>
        [.. _queues.All.Select(queue => new QueueLoad(queue.Settings.Name, queue.Waiting.Count, queue.Taken.Sum() / (double)Device.Whole, queue.Share(_map.Totals) * queue.Settings.Weight, queue.BudgetUse(now)))];

    private void Adopt(Claimant claimant, Demand demand)
    {
        if (claimant.Reservation is { } reservation) _reservations.Drop(reservation);
        QueueBook.Dequeue(claimant);
        claimant.Demand = demand;
        claimant.Queue = _queues.Queue(demand.Queue);
        _slots.Recount(claimant);
    }

    /// <summary>Whether a gang could be formed of anything.</summary>
    private bool HasFree()
    {
        for (var kind = 0; kind < Place.Kinds; kind++)
        {
            if (_map.HasFree(kind) || _reservations.Of(kind) is { Ready.Count: > 0 }) return true;
        }
        return false;
    }

    /// <summary>Forms a gang for the first in a queue that one can be formed for.</summary>
    private Gang? Serve(TeamQueue queue, DateTimeOffset now)
    {
        if (queue.IsSpent(now))
        {
            Rest(queue);
            return null;
        }
        Array.Clear(_overQuota);
        foreach (var claimant in queue.Waiting)
        {
            var demand = claimant.Demand!;
            var kind = (int)demand.Device;
            // What is over the quota holds back those behind it, or a big gang would starve under it.
            if (_overQuota[kind] || demand.Units > queue.Quota(demand.Device)) continue;
            if (IsOverQuota(claimant))
            {
                _overQuota[kind] = true;
                if (claimant.Reservation is { } useless) _reservations.Drop(useless);
                _preemptor.MakeRoom(claimant);
                continue;
            }
            if (Serve(claimant, kind, now) is { } devices) return Form(claimant, devices, now);
        }
        return null;
    }

    /// <summary>Nothing is kept and nobody ends for those of a queue that can have nothing.</summary>
    private void Rest(TeamQueue queue)
    {
        foreach (var claimant in queue.Waiting)
        {
            if (claimant.Reservation is { } reservation) _reservations.Drop(reservation);
            SlotTable.Spare(claimant);
        }
    }

    /// <summary>Devices for a claimant. The first that there are none for is next: devices are kept for it, and no longer for one that comes after it.</summary>
    private List<Device>? Serve(Claimant claimant, int kind, DateTimeOffset now)
    {
        if (claimant.Reservation is not null && !_hasNext[kind])
        {
            var kept = _reservations.Serve(kind, now);
            _hasNext[kind] = claimant.Reservation is not null;
            return kept;
        }
        if (Find(claimant, now) is { } devices) return devices;
        if (_hasNext[kind] || _map.Roomiest(claimant.Demand!) is null) return null;
        if (_reservations.Of(kind) is { } later)
        {
            _reservations.Drop(later);
            if (Find(claimant, now) is { } taken) return taken;
        }
        _hasNext[kind] = _reservations.Make(claimant, now);
        return null;
    }

    private static bool IsOverQuota(Claimant claimant) =>
        claimant.Queue!.Taken[(int)claimant.Demand!.Device] + claimant.Demand.Units > claimant.Queue.Quota(claimant.Demand.Device);

    private List<Device>? Find(Claimant claimant, DateTimeOffset now) => _map.Find(claimant.Demand!) ?? _reservations.Backfill(claimant, now);

    private Gang Form(Claimant claimant, List<Device> devices, DateTimeOffset now)
    {
        if (claimant.Reservation is { } reservation) _reservations.Drop(reservation);
        SlotTable.Spare(claimant);
        List<Slot> slots = [.. devices.Select(d => d.FirstFree(claimant.Demand!.Memory))];
        var gang = new Gang(++_gangs, claimant.Experiment, [.. slots.Select(s => s.Offer.Worker)]);
        _slots.Reserve(gang, slots, claimant);
        claimant.Offered++;
        QueueBook.Dequeue(claimant);
        claimant.Demand = claimant.Demand! with { Gangs = claimant.Demand.Gangs - 1 };
        if (claimant.Demand.Gangs > 0) _queues.Enqueue(claimant, now);
        return gang;
    }

    private void Settle(Gang gang, AttemptId? attempt, DateTimeOffset now)
    {
        if (_queues.Find(gang.Experiment) is not { } claimant) return;
        _queues.Advance(now, _map.Totals);
        claimant.Offered--;
        _slots.Settle(gang, claimant, attempt, now);
        _hasChanged = true;
    }
}
