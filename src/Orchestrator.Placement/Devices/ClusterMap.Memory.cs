namespace Orchestrator.Placement;

/// <summary>Memory of hosts, and hosts that are excluded: a search passes over what a demand can't have. O(n) in hosts, only for demands that say something of these.</summary>
internal sealed partial class ClusterMap
{
    /// <summary>The memory that a worker's trials are in, made where there is none yet.</summary>
    public MemoryPool MemoryOf(WorkerOffer offer, Device device)
    {
        var name = $"{device.Host.Name}/{offer.MemoryOf}";
        if (!_memory.TryGetValue(name, out var memory)) _memory.Add(name, memory = new MemoryPool(name));
        return memory;
    }

    /// <summary>A worker has joined.</summary>
    public void Share(Slot slot)
    {
        slot.Memory.Slots.Add(slot);
        Recount(slot.Memory);
        ref var most = ref _mostMemory[(int)slot.Device.Kind];
        most = Math.Max(most, slot.Memory.Capacity);
    }

    /// <summary>A worker has left.</summary>
    public void Unshare(Slot slot)
    {
        slot.Memory.Slots.Remove(slot);
        Recount(slot.Memory);
        if (slot.Memory.Slots.Count == 0) _memory.Remove(slot.Memory.Name);
    }

    /// <summary>How many devices a gang's ranks could have by their memory: all of it, or what is free.</summary>
    public long Room(Demand demand, Func<MemoryPool, long> of)
    {
        long room = 0;
        foreach (var pool in _memory.Values)
        {
            var devices = pool.Slots.Where(s => s.Device.Kind == demand.Device).Select(s => s.Device).Distinct().Count();
            room += Math.Min(devices, Math.Max(0, of(pool)) / demand.Memory);
        }
        return room;
    }

    private void Recount(MemoryPool memory)
    {
        _allMemory -= memory.Capacity;
        memory.Recount();
        _allMemory += memory.Capacity;
    }

    /// <summary>Hides the slots of hosts that a demand excludes, and those for which there is too little memory; gives them.</summary>
    private List<Slot>? HideUnfit(Demand demand)
    {
        if (demand.ExcludedHosts.Count == 0 && demand.Memory == 0) return null;
        List<Slot> unfit = [];
        foreach (var memory in _memory.Values)
        {
            if (demand.Memory > 0) AddLacking(memory, demand, unfit);
            if (demand.ExcludedHosts.Count > 0) unfit.AddRange(memory.Slots.Where(s => demand.ExcludedHosts.Contains(s.Offer.Host)));
        }
        Set(unfit, isHidden: true);
        return unfit;
    }

    private void Show(List<Slot>? hidden)
    {
        if (hidden is not null) Set(hidden, isHidden: false);
    }

    /// <summary>Of whole devices as many stay as there is memory for.</summary>
    private static void AddLacking(MemoryPool memory, Demand demand, List<Slot> lacking)
    {
        if (memory.Free >= demand.Memory * memory.Slots.Count) return;
        var room = Math.Max(0, memory.Free) / demand.Memory;
        if (room > 0 && demand.Share < Device.Whole) return;
        foreach (var device in memory.Slots.GroupBy(s => s.Device).OrderBy(d => d.Key.Name, StringComparer.Ordinal))
        {
            if (room > 0 && device.Key.Kind == demand.Device && device.Key.IndexedAs == Device.Whole) room--;
            else lacking.AddRange(device);
        }
    }

    private void Set(List<Slot> slots, bool isHidden)
    {
        foreach (var slot in slots)
        {
            slot.IsHidden = isHidden;
            slot.Device.Recount();
            Refresh(slot.Device);
        }
    }
}
