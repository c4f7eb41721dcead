using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>The workers, what they run, and the books of what that takes of devices and queues.</summary>
internal sealed class SlotTable(PoolSettings settings, ClusterMap map, QueueBook book)
{
    private readonly Dictionary<WorkerId, Slot> _slots = [];
    private readonly LinkedList<Slot> _heard = [];
    private readonly SortedSet<GangRun>[] _runs = [.. Enumerable.Range(0, Place.Kinds).Select(_ => new SortedSet<GangRun>(GangRun.BySoonestEnd))];
    private readonly DateTimeOffset[] _lastJoined = new DateTimeOffset[Place.Kinds];
    private long _lastRun;

    public IReadOnlyCollection<Slot> All => _slots.Values;

    public Slot? Find(WorkerId worker) => _slots.GetValueOrDefault(worker);

    /// <summary>When the newest worker of a kind joined.</summary>
    public DateTimeOffset LastJoined(DeviceKind kind) => _lastJoined[(int)kind];

    /// <summary>The attempts on devices of a kind, those first that are expected to end first.</summary>
    public IEnumerable<GangRun> RunsOf(DeviceKind kind) => _runs[(int)kind];

    /// <summary>All attempts: of each kind of device those first that are expected to end first.</summary>
    public IEnumerable<GangRun> AllRuns => _runs.SelectMany(runs => runs);

    /// <summary>A worker is heard.</summary>
    /// <returns>Whether that changed anything but when it was heard.</returns>
    public bool Seen(WorkerOffer offer, AttemptId? running, DateTimeOffset now)
    {
        if (_slots.TryGetValue(offer.Worker, out var slot) && slot.Offer != offer)
        {
            Leave(slot, now);
            slot = null;
        }
        var joins = slot is null;
        slot ??= Join(offer, now);
        slot.LastSeen = now;
        _heard.Remove(slot.Heard);
        _heard.AddLast(slot.Heard);
        if (slot.Reserved is not null || slot.Attempt == running) return joins;
        Vacate(slot, now);
        if (running is { } attempt) Adopt(slot, attempt, now);
        return true;
    }

    public void Leave(Slot slot, DateTimeOffset now)
    {
        if (slot.Reserved is { } gang && book.Find(gang.Experiment)?.Queue is { } queue) queue.Take((int)slot.Device.Kind, -slot.Charge, -slot.MemoryCharge);
        slot.Reserved = null;
        Vacate(slot, now);
        _slots.Remove(slot.Offer.Worker);
        _heard.Remove(slot.Heard);
        var device = slot.Device;
        device.Slots.Remove(slot.Offer.Worker.Value);
        map.Unshare(slot);
        Refresh(device);
        if (device.Slots.Count > 0) return;
        device.HeldBy?.Lose(device);
        map.Remove(device);
    }

    /// <summary>The workers that have not been heard for a lease, the longest silent first. O(1) for each.</summary>
    public IReadOnlyList<Slot> Silent(DateTimeOffset now)
    {
        List<Slot>? lost = null;
        for (var node = _heard.First; node is not null && now - node.Value.LastSeen > settings.Lease; node = node.Next) (lost ??= []).Add(node.Value);
        return lost ?? (IReadOnlyList<Slot>)[];
    }

    public void Drain(Slot slot)
    {
        slot.Draining = true;
        Refresh(slot.Device);
    }

    /// <summary>Sets slots aside for a gang.</summary>
    public void Reserve(Gang gang, IEnumerable<Slot> slots, Claimant claimant)
    {
        foreach (var slot in slots)
        {
            slot.Reserved = gang;
            Charge(slot, claimant.Demand!.Share, claimant.Demand.Memory);
            claimant.Queue!.Take((int)slot.Device.Kind, slot.Charge, slot.MemoryCharge);
        }
    }

    /// <summary>Ends the setting aside: with an attempt, its slots run it.</summary>
    public void Settle(Gang gang, Claimant claimant, AttemptId? attempt, DateTimeOffset now)
    {
        GangRun? run = null;
        foreach (var worker in gang.Workers)
        {
            if (!_slots.TryGetValue(worker, out var slot) || slot.Reserved != gang) continue;
            slot.Reserved = null;
            if (claimant.Queue is { } queue) queue.Take((int)slot.Device.Kind, -slot.Charge, -slot.MemoryCharge);
            if (attempt is { } id) Attach(slot, run ??= claimant.Runs.GetValueOrDefault(id) ?? Begin(id, claimant, slot, now, isWatched: true));
            else Charge(slot, 0, 0);
            Refresh(slot.Device);
        }
    }

    /// <summary>Frees a slot.</summary>
    public void Vacate(Slot slot, DateTimeOffset now)
    {
        if (slot.Run is not { } run)
        {
            if (slot.Reserved is null) Charge(slot, 0, 0);
            return;
        }
        slot.Run = null;
        run.Slots.Remove(slot);
        run.Units -= slot.Charge;
        run.Memory -= slot.MemoryCharge;
        run.Queue?.Take(run.Kind, -slot.Charge, -slot.MemoryCharge);
        if (run.PreemptedFor is not null) run.Queue?.Leave(run.Kind, -slot.Charge, -slot.MemoryCharge);
        Charge(slot, 0, 0);
        if (run.Slots.Count == 0) End(run, now);
    }

    /// <summary>An experiment has said for the first time, or anew, what its attempts take and in which queue.</summary>
    public void Recount(Claimant claimant)
    {
        foreach (var run in claimant.Runs.Values)
        {
            Uncount(run);
            foreach (var slot in run.Slots) Charge(slot, claimant.Demand!.Share, claimant.Demand.Memory);
            Count(run);
        }
    }

    /// <summary>An attempt is to end for someone.</summary>
    public static void Preempt(GangRun run, Claimant claimant)
    {
        run.PreemptedFor = claimant;
        claimant.Preempting.Add(run);
        run.Claimant.ToEnd.Add(run);
        run.Queue!.Leave(run.Kind, run.Units, run.Memory);
    }

    /// <summary>Nobody needs to end for the claimant any more.</summary>
    public static void Spare(Claimant claimant)
    {
        foreach (var run in claimant.Preempting)
        {
            run.PreemptedFor = null;
            run.Claimant.ToEnd.Remove(run);
            run.Queue!.Leave(run.Kind, -run.Units, -run.Memory);
        }
        claimant.Preempting.Clear();
    }

    private Slot Join(WorkerOffer offer, DateTimeOffset now)
    {
        var device = map.DeviceOf(offer);
        var slot = new Slot(offer, device, map.MemoryOf(offer, device), now);
        _slots.Add(offer.Worker, slot);
        _heard.AddLast(slot.Heard);
        _lastJoined[(int)device.Kind] = now;
        device.Slots.Add(offer.Worker.Value, slot);
        map.Share(slot);
        Refresh(device);
        return slot;
    }

    /// <summary>A worker runs something that this pool did not place: an earlier pool did.</summary>
    private void Adopt(Slot slot, AttemptId attempt, DateTimeOffset now)
    {
        var claimant = book.Of(attempt.Trial.Experiment);
        if (!claimant.Runs.TryGetValue(attempt, out var run)) run = Begin(attempt, claimant, slot, now, isWatched: false);
        slot.Charge = 0;
        Charge(slot, claimant.Demand?.Share ?? Device.Whole, claimant.Demand?.Memory ?? 0);
        Attach(slot, run);
        Refresh(slot.Device);
    }

    private GangRun Begin(AttemptId attempt, Claimant claimant, Slot slot, DateTimeOffset now, bool isWatched)
    {
        var run = new GangRun(++_lastRun, attempt, claimant, (int)slot.Device.Kind, now, isWatched)
        {
            ExpectedEnd = claimant.EndedRuns > 0 ? now + claimant.MeanRun : DateTimeOffset.MaxValue,
        };
        claimant.Runs.Add(attempt, run);
        _runs[run.Kind].Add(run);
        Count(run);
        return run;
    }

    private static void Attach(Slot slot, GangRun run)
    {
        slot.Run = run;
        run.Slots.Add(slot);
        run.Units += slot.Charge;
        run.Memory += slot.MemoryCharge;
        run.Queue?.Take(run.Kind, slot.Charge, slot.MemoryCharge);
        if (run.PreemptedFor is not null) run.Queue?.Leave(run.Kind, slot.Charge, slot.MemoryCharge);
    }

    private void End(GangRun run, DateTimeOffset now)
    {
        if (run.IsWatched) run.Claimant.Ended(now - run.StartedAt);
        run.Queue?.Runs.Remove(run);
        _runs[run.Kind].Remove(run);
        run.Claimant.Runs.Remove(run.Attempt);
        run.Claimant.ToEnd.Remove(run);
        run.PreemptedFor?.Preempting.Remove(run);
        book.Rest(run.Claimant, now);
    }

    private static void Count(GangRun run)
    {
        if (run.Claimant.Queue is not { } queue) return;
        run.Priority = run.Claimant.Demand!.Priority;
        run.Queue = queue;
        run.Units = run.Slots.Sum(s => (long)s.Charge);
        run.Memory = run.Slots.Sum(s => s.MemoryCharge);
        queue.Runs.Add(run);
        queue.Take(run.Kind, run.Units, run.Memory);
        if (run.PreemptedFor is not null) queue.Leave(run.Kind, run.Units, run.Memory);
    }

    private static void Uncount(GangRun run)
    {
        if (run.Queue is not { } queue) return;
        queue.Runs.Remove(run);
        queue.Take(run.Kind, -run.Units, -run.Memory);
        if (run.PreemptedFor is not null) queue.Leave(run.Kind, -run.Units, -run.Memory);
        run.Queue = null;
    }

    private void Charge(Slot slot, int share, long memory)
    {
        slot.Device.Used += share - slot.Charge;
        slot.Charge = share;
        var hasMoved = slot.MemoryCharge != memory;
        slot.Memory.Used += memory - slot.MemoryCharge;
        slot.MemoryCharge = memory;
        Refresh(slot.Device);
        if (!hasMoved) return;
        foreach (var kept in slot.Memory.Kept) kept.HeldBy?.Refresh(kept);
    }

    private void Refresh(Device device)
    {
        device.Recount();
        device.HeldBy?.Refresh(device);
        map.Refresh(device);
    }
}
