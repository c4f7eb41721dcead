using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>A device and the slots on it: one, or several that share it.</summary>
public sealed class Device
{
    /// <summary>A whole device, in thousandths.</summary>
    public const int Whole = 1000;

    internal Device(string name, DeviceKind kind, Place host)
    {
        Name = name;
        Kind = kind;
        Host = host;
    }

    /// <summary>Its name, unique in the pool.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public DeviceKind Kind { get; }

    /// <summary>How much of it is taken, in thousandths.</summary>
    public int Used { get; internal set; }

    internal Place Host { get; }

    /// <summary>All its slots, by name.</summary>
    internal SortedDictionary<string, Slot> Slots { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of its slots are free.</summary>
    internal int FreeSlots { get; private set; }

    /// <summary>Which waiting gang it is kept for, or null.</summary>
    internal Reservation? HeldBy { get; set; }

    /// <summary>In which index of its kind it is: 0 none, <see cref="Whole"/> wholly free, else the free part.</summary>
    internal int IndexedAs { get; set; }

    /// <summary>Counts its free slots anew.</summary>
    internal void Recount()
    {
        FreeSlots = 0;
        foreach (var slot in Slots.Values)
        {
            if (slot.IsFree && !slot.IsHidden) FreeSlots++;
        }
    }

    /// <summary>Whether a slot that takes <paramref name="share"/> fits on it.</summary>
    internal bool Fits(int share) => FreeSlots > 0 && Used + share <= Whole;

    /// <summary>The memory that a slot of it would take; null where none of its slots has as much.</summary>
    internal MemoryPool? MemoryFor(long memory)
    {
        foreach (var slot in Slots.Values)
        {
            if (!slot.Draining && slot.Memory.Capacity >= memory) return slot.Memory;
        }
        return null;
    }

    /// <summary>The free slot that is taken next.</summary>
    /// <param name="memory">What it takes, in megabytes.</param>
    internal Slot FirstFree(long memory)
    {
        foreach (var slot in Slots.Values)
        {
            if (slot.IsFree && (memory == 0 || slot.Memory.Used + memory <= slot.Memory.Capacity)) return slot;
        }
        throw new InvalidOperationException($"Device {Name} has no free slot.");
    }
}
