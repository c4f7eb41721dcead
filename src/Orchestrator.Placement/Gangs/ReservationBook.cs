namespace Orchestrator.Placement;

/// <summary>The reservations of a pool: at most one for each kind of device.</summary>
internal sealed class ReservationBook(ClusterMap map, SlotTable slots, Preemptor preemptor)
{
    private readonly Reservation?[] _byKind = new Reservation?[Place.Kinds];

    public Reservation? Of(int kind) => _byKind[kind];

    /// <summary>
    /// Keeps devices for the gang that is next: those that are free, and then those that are expected to be free soonest. Does nothing where the
    /// pool has too few: then nobody is to wait for this gang.
    /// </summary>
    /// <returns>Whether devices are kept.</returns>
    public bool Make(Claimant claimant, DateTimeOffset now)
    {
        var demand = claimant.Demand!;
        if (map.Roomiest(demand) is not { } domain) return false;
        var devices = Choose(demand, domain);
        if (devices.Count < demand.WorldSize) return false;
        var reservation = new Reservation(claimant, demand, domain, Promise(devices, now));
        foreach (var device in devices) Hold(reservation, device);
        _byKind[(int)demand.Device] = claimant.Reservation = reservation;
        preemptor.Clear(reservation, Swap, now);
        return true;
    }

    /// <summary>The devices of a kind's reservation, once they are all free; the reservation is then over.</summary>
    public List<Device>? Serve(int kind, DateTimeOffset now)
    {
        if (_byKind[kind] is not { } reservation) return null;
        if (!TakeFree(reservation))
        {
            Drop(reservation);
            return null;
        }
        if (!reservation.IsComplete)
        {
            preemptor.Clear(reservation, Swap, now);
            return null;
        }
        List<Device> devices = [.. reservation.Ready.OrderBy(d => d.Host.Name, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal)];
        Drop(reservation);
        return devices;
    }

    /// <summary>Ends a reservation: its devices are for everyone again.</summary>
    public void Drop(Reservation reservation)
    {
        foreach (var device in (Device[])[.. reservation.Ready, .. reservation.Awaited]) Release(reservation, device);
        SlotTable.Spare(reservation.Claimant);
        reservation.Claimant.Reservation = null;
        _byKind[(int)reservation.Demand.Device] = null;
    }

    /// <summary>Free devices for a short gang out of those that are kept for a later one, or null.</summary>
    public List<Device>? Backfill(Claimant claimant, DateTimeOffset now)
    {
        var demand = claimant.Demand!;
        if (_byKind[(int)demand.Device] is not { Ready.Count: > 0 } reservation || claimant.EndedRuns == 0 || now + claimant.MeanRun > reservation.Promise) return null;
        Device[] kept = [.. reservation.Ready];
        foreach (var device in kept) Show(device, reservation, isLent: true);
        var found = map.Find(demand);
        foreach (var device in kept) Show(device, reservation, isLent: false);
        return found;
    }

    private void Show(Device device, Reservation reservation, bool isLent)
    {
        device.HeldBy = isLent ? null : reservation;
        if (reservation.MemoryOf(device) is { } memory) memory.Held += isLent ? -reservation.Demand.Memory : reservation.Demand.Memory;
        map.Refresh(device);
    }

    /// <summary>Takes free devices for what it still waits for; false where the pool no longer has enough for it.</summary>
    private bool TakeFree(Reservation reservation)
    {
        var demand = reservation.Demand;
        while (reservation.Ready.Count < demand.WorldSize && map.FindOne(reservation.Domain, demand) is { } free)
        {
            if (reservation.Awaited.Count > 0 && reservation.Ready.Count + reservation.Awaited.Count == demand.WorldSize) Release(reservation, reservation.Awaited[^1]);
            Hold(reservation, free);
        }
        var missing = demand.WorldSize - reservation.Ready.Count - reservation.Awaited.Count;
        if (missing <= 0) return true;
        foreach (var device in Busy(demand, reservation.Domain, [.. reservation.Ready, .. reservation.Awaited]).Take(missing).ToList()) Hold(reservation, device);
        return reservation.Ready.Count + reservation.Awaited.Count == demand.WorldSize;
    }

    private List<Device> Choose(Demand demand, Place domain)
    {
        var devices = new List<Device>(demand.WorldSize);
        if (demand.Share == Device.Whole) map.Gather(domain, demand, devices);
        devices.AddRange(Busy(demand, domain, [.. devices]).Take(demand.WorldSize - devices.Count));
        return devices;
    }

    /// <summary>
    /// Devices that are not free and not kept, those that are expected to be free soonest first; with memory also those that lack only that, and of each
    /// host no more than it has memory for.
    /// </summary>
    private IEnumerable<Device> Busy(Demand demand, Place domain, IReadOnlyList<Device> chosen)
    {
        HashSet<Device> seen = [.. chosen];
        Dictionary<MemoryPool, int> ranks = [];
        foreach (var device in chosen) Count(device);
        foreach (var slot in demand.Memory > 0 ? slots.AllRuns.SelectMany(r => r.Slots) : slots.RunsOf(demand.Device).SelectMany(r => r.Slots))
        {
            foreach (var device in FreedWith(slot, demand))
            {
                if (slot.Draining || device.Kind != demand.Device || device.HeldBy is not null || !device.Host.IsIn(domain) || demand.ExcludedHosts.Contains(device.Host.Label)) continue;
                if (!seen.Contains(device) && Count(device) && seen.Add(device)) yield return device;
            }
        }

        bool Count(Device device)
        {
            if (demand.Memory == 0) return true;
            if (device.MemoryFor(demand.Memory) is not { } memory) return false;
            var count = ranks.GetValueOrDefault(memory) + 1;
            if (count * demand.Memory > memory.Capacity) return false;
            ranks[memory] = count;
            return true;
        }
    }

    /// <summary>What the end of a slot's attempt may free. With memory, of its host first those that lack nothing else: whichever attempt ends there, one of them is ready.</summary>
    private static IEnumerable<Device> FreedWith(Slot slot, Demand demand) => demand.Memory == 0
        ? [slot.Device]
        : slot.Memory.Slots.Select(s => s.Device).Distinct().OrderBy(d => d.Fits(demand.Share) ? 0 : 1).ThenBy(d => d.Name, StringComparer.Ordinal);

    private static DateTimeOffset Promise(List<Device> devices, DateTimeOffset now)
    {
        var promise = now;
        foreach (var device in devices)
        {
            foreach (var slot in device.Slots.Values)
            {
                if (slot.Run is not { } run) continue;
                if (run.ExpectedEnd == DateTimeOffset.MaxValue) return now;
                if (run.ExpectedEnd > promise) promise = run.ExpectedEnd;
            }
        }
        return promise;
    }

    /// <summary>Waits for a device that is being cleared, and no longer for the one that was expected last.</summary>
    private void Swap(Reservation reservation, Device cleared, IReadOnlySet<Device> alsoCleared)
    {
        if (cleared.HeldBy == reservation) return;
        if (reservation.Awaited.FindLast(d => !alsoCleared.Contains(d)) is not { } last) return;
        Release(reservation, last);
        Hold(reservation, cleared);
    }

    private void Hold(Reservation reservation, Device device)
    {
        reservation.Hold(device);
        map.Refresh(device);
    }

    private void Release(Reservation reservation, Device device)
    {
        reservation.Lose(device);
        map.Refresh(device);
    }
}
