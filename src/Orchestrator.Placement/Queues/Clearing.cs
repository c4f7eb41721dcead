namespace Orchestrator.Placement;

/// <summary>What would be clear for a reservation once some attempts had ended.</summary>
internal sealed class Clearing(Reservation reservation)
{
    private readonly Dictionary<Device, int> _freed = [];
    private readonly Dictionary<MemoryPool, long> _freedMemory = [];

    /// <summary>The devices that would be.</summary>
    public HashSet<Device> Cleared { get; } = [];

    /// <summary>One more attempt ends; false where that is of no use.</summary>
    public bool Add(GangRun run)
    {
        var helps = false;
        foreach (var slot in run.Slots)
        {
            if (slot.Draining || !IsOurs(slot.Device)) continue;
            _freed[slot.Device] = _freed.GetValueOrDefault(slot.Device) + slot.Charge;
            _freedMemory[slot.Memory] = _freedMemory.GetValueOrDefault(slot.Memory) + slot.MemoryCharge;
            helps = true;
            Look(slot.Device);
            if (reservation.Demand.Memory == 0) continue;
            foreach (var other in slot.Memory.Slots) Look(other.Device); // those that lack nothing but memory
        }
        return helps;
    }

    private void Look(Device device)
    {
        var demand = reservation.Demand;
        if (Cleared.Contains(device) || reservation.Ready.Contains(device) || device.Kind != demand.Device || !IsOurs(device)) return;
        if (device.Used - _freed.GetValueOrDefault(device) + demand.Share <= Device.Whole && HasMemory(device)) Cleared.Add(device);
    }

    private bool HasMemory(Device device)
    {
        var need = reservation.Demand.Memory;
        if (need == 0) return true;
        if (device.MemoryFor(need) is not { } memory) return false;
        var ranks = 1 + reservation.ReadyIn(memory) + Cleared.Count(d => d.MemoryFor(need) == memory);
        return memory.Used - _freedMemory.GetValueOrDefault(memory) + ranks * need <= memory.Capacity;
    }

    private bool IsOurs(Device device) =>
        (device.HeldBy is not { } holder || holder == reservation) && device.Host.IsIn(reservation.Domain) && !reservation.Demand.ExcludedHosts.Contains(device.Host.Label);
}
