namespace Orchestrator.Placement;

/// <summary>Memory that the slots of a host, or of a container on it, share.</summary>
/// <param name="name">Unique in the pool.</param>
internal sealed class MemoryPool(string name)
{
    public string Name { get; } = name;

    public HashSet<Slot> Slots { get; } = [];

    /// <summary>Devices of it that are kept for a gang that wants memory.</summary>
    public HashSet<Device> Kept { get; } = [];

    /// <summary>All of it, in megabytes: the most that one of its workers says.</summary>
    public long Capacity { get; private set; }

    /// <summary>What gangs take of it.</summary>
    public long Used { get; set; }

    /// <summary>What is kept for gangs that wait.</summary>
    public long Held { get; set; }

    /// <summary>What anyone may take.</summary>
    public long Free => Capacity - Used - Held;

    /// <summary>Its workers are others than before.</summary>
    public void Recount()
    {
        Capacity = 0;
        foreach (var slot in Slots) Capacity = Math.Max(Capacity, slot.Offer.Memory);
    }
}
