namespace Orchestrator.Placement;

/// <summary>
/// The devices that are kept for the gang that is next but does not fit yet. There is one for each kind of device at a time, so no two
/// gangs can each hold half of what the other needs. Others may use a kept device only if they are expected to be done by
/// <paramref name="promise"/> (EASY backfill: Lifka, The ANL/IBM SP scheduling system, JSSPP 1995; Mu'alem and Feitelson, IEEE TPDS
/// 12(6), 2001). The promise is made once, when the first estimate is, so a wrong estimate delays the gang but never starves it.
/// </summary>
/// <param name="claimant">Whose gang it is.</param>
/// <param name="demand">What the gang is like.</param>
/// <param name="domain">The place that its devices are in.</param>
/// <param name="promise">When the last of the devices is expected to be free; the time it was made where that is unknown.</param>
internal sealed class Reservation(Claimant claimant, Demand demand, Place domain, DateTimeOffset promise)
{
    private readonly Dictionary<Device, MemoryPool> _memory = [];

    public Claimant Claimant { get; } = claimant;

    public Demand Demand { get; } = demand;

    public Place Domain { get; } = domain;

    public DateTimeOffset Promise { get; } = promise;

    /// <summary>Devices that are kept and free.</summary>
    public SortedSet<Device> Ready { get; } = new(Comparer<Device>.Create((x, y) => string.CompareOrdinal(x.Name, y.Name)));

    /// <summary>Devices that are kept and not free yet, the one that is expected to be free last at the end.</summary>
    public List<Device> Awaited { get; } = [];

    public bool IsComplete => Ready.Count == Demand.WorldSize;

    /// <summary>No attempt is ended for it before this time: it was looked at and could not be helped.</summary>
    public DateTimeOffset NextPreemption { get; set; } = DateTimeOffset.MinValue;

    /// <summary>The memory that is kept on a device; null: none.</summary>
    public MemoryPool? MemoryOf(Device device) => _memory.GetValueOrDefault(device);

    /// <summary>Puts a device where it belongs after a change.</summary>
    public void Refresh(Device device)
    {
        if (Fits(device))
        {
            if (Ready.Add(device)) Awaited.Remove(device);
        }
        else if (Ready.Remove(device))
        {
            Awaited.Add(device);
        }
    }

    /// <summary>Keeps a device, and memory with it.</summary>
    public void Hold(Device device)
    {
        device.HeldBy = this;
        if (Demand.Memory > 0 && device.MemoryFor(Demand.Memory) is { } memory)
        {
            _memory.Add(device, memory);
            memory.Held += Demand.Memory;
            memory.Kept.Add(device);
        }
        if (Fits(device)) Ready.Add(device);
        else Awaited.Add(device);
    }

    /// <summary>Keeps a device no longer.</summary>
    public void Lose(Device device)
    {
        device.HeldBy = null;
        if (!Ready.Remove(device)) Awaited.Remove(device);
        if (!_memory.Remove(device, out var memory)) return;
        memory.Held -= Demand.Memory;
        memory.Kept.Remove(device);
        foreach (var (other, its) in _memory)
        {
            if (its == memory) Refresh(other);
        }
    }

    /// <summary>Whether the gang could have a device now, together with those that are ready.</summary>
    private bool Fits(Device device)
    {
        if (!device.Fits(Demand.Share)) return false;
        if (Demand.Memory == 0) return true;
        foreach (var slot in device.Slots.Values)
        {
            if (slot.IsFree && slot.Memory.Used + Demand.Memory * (1 + ReadyIn(slot.Memory, device)) <= slot.Memory.Capacity) return true;
        }
        return false;
    }

    /// <summary>How many devices other than <paramref name="but"/> are ready in a memory.</summary>
    public int ReadyIn(MemoryPool memory, Device? but = null)
    {
        var ready = 0;
        foreach (var (device, its) in _memory)
        {
            if (its == memory && device != but && Ready.Contains(device)) ready++;
        }
        return ready;
    }
}
