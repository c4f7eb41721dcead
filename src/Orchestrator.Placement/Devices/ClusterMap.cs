using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>
/// Where devices are and which are free: a tree of zones, racks and hosts with the number of free devices at each place, and at each level an
/// order of the places by that number. Finding a gang and changing a device are O(log n) in the number of places.
/// </summary>
internal sealed partial class ClusterMap
{
    private static readonly int Levels = Enum.GetValues<TopologyLevel>().Length;

    private readonly Dictionary<(TopologyLevel, string), Place> _places = [];
    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryPool> _memory = new(StringComparer.Ordinal);
    private readonly long[] _mostMemory = new long[Place.Kinds];
    private long _allMemory;
    private readonly SortedSet<Place>[,] _byFree = new SortedSet<Place>[Levels, Place.Kinds];
    private readonly SortedSet<Device>[] _shared = new SortedSet<Device>[Place.Kinds];
    private readonly int[,] _peak = new int[Levels + 1, Place.Kinds];

    public ClusterMap()
    {
        for (var kind = 0; kind < Place.Kinds; kind++)
        {
            for (var level = 0; level < Levels; level++) _byFree[level, kind] = Place.NewSet(kind);
            _shared[kind] = new(Comparer<Device>.Create((x, y) => x.IndexedAs != y.IndexedAs ? x.IndexedAs.CompareTo(y.IndexedAs) : string.CompareOrdinal(x.Name, y.Name)));
        }
    }

    /// <summary>All of it.</summary>
    public Place Root { get; } = new("", null, null);

    /// <summary>What there is to share.</summary>
    public Totals Totals => new(Root.Total, _allMemory);

    /// <summary>The most memory that a host with a device of a kind has ever had, in megabytes.</summary>
    public long MostMemory(DeviceKind kind) => _mostMemory[(int)kind];

    /// <summary>The most devices of a kind that one place of a level (null: the cluster) has ever had.</summary>
    public int Peak(TopologyLevel? level, DeviceKind kind) => _peak[LevelIndex(level), (int)kind];

    /// <summary>The most free devices of a kind at one place of a level.</summary>
    public int MostFree(TopologyLevel level, DeviceKind kind) => _byFree[(int)level, (int)kind].Max?.Free[(int)kind] ?? 0;

    /// <summary>The place that a gang is to wait for: of those with enough devices, free or not, the one with the most free ones; null where there is none.</summary>
    public Place? Roomiest(Demand demand)
    {
        var kind = (int)demand.Device;
        if (demand.Memory > 0 && Room(demand, of: pool => pool.Capacity) < demand.WorldSize) return null;
        if (demand.Require is not { } level) return Root.Total[kind] >= demand.WorldSize ? Root : null;
        return _byFree[(int)level, kind].Reverse().FirstOrDefault(p => p.Total[kind] >= demand.WorldSize && !demand.ExcludedHosts.Contains(p.Label));
    }

    /// <summary>The device of a worker, made where there is none yet.</summary>
    public Device DeviceOf(WorkerOffer offer)
    {
        var host = $"{offer.Zone}/{offer.Rack}/{offer.Host}";
        var name = offer.DeviceId.Length == 0 ? offer.Worker.Value : $"{host}/{offer.Device}/{offer.DeviceId}";
        if (_devices.TryGetValue(name, out var device)) return device;
        var zone = PlaceOf(TopologyLevel.Zone, offer.Zone, Root);
        var rack = PlaceOf(TopologyLevel.Rack, $"{offer.Zone}/{offer.Rack}", zone);
        device = new Device(name, offer.Device, PlaceOf(TopologyLevel.Host, host, rack, offer.Host));
        _devices.Add(name, device);
        device.Host.Devices.Add(device);
        Count(device, 1);
        return device;
    }

    /// <summary>A device whose last worker has left.</summary>
    public void Remove(Device device)
    {
        Index(device, 0);
        Count(device, -1);
        device.Host.Devices.Remove(device);
        _devices.Remove(device.Name);
    }

    /// <summary>Brings the indexes up to date after a change of a device.</summary>
    public void Refresh(Device device) => Index(device, device.HeldBy is null && device.FreeSlots > 0 ? Device.Whole - device.Used : 0);

    /// <summary>Whether a device of a kind is free, in whole or in part, and not kept for a gang.</summary>
    public bool HasFree(int kind) => Root.Free[kind] > 0 || _shared[kind].Count > 0;

    /// <summary>One free device of a place that a slot of this share fits on, or null.</summary>
    public Device? FindOne(Place place, Demand demand)
    {
        var hidden = HideUnfit(demand);
        var found = demand.Share < Device.Whole ? FindShared(demand) : FirstOf(place, (int)demand.Device);
        Show(hidden);
        return found;
    }

    /// <summary>Free devices for a gang, as near to one another as there are; null where there are not enough, or not near enough.</summary>
    public List<Device>? Find(Demand demand)
    {
        var hidden = HideUnfit(demand);
        var found = Search(demand);
        Show(hidden);
        return found;
    }

    /// <summary>As many wholly free devices of a place as a gang takes, or all that there are.</summary>
    public void Gather(Place place, Demand demand, List<Device> into)
    {
        var hidden = HideUnfit(demand);
        place.Gather((int)demand.Device, Math.Min(demand.WorldSize, place.Free[(int)demand.Device]), into);
        Show(hidden);
    }

    private List<Device>? Search(Demand demand)
    {
        if (demand.Share < Device.Whole) return FindShared(demand) is { } device ? [device] : null;
        var kind = (int)demand.Device;
        if (Root.Free[kind] < demand.WorldSize) return null;
        var place = demand.Require is null ? Root : null;
        for (var level = (int)Min(demand.Prefer, demand.Require); level <= (int)(demand.Require ?? TopologyLevel.Zone); level++)
        {
            if (Place.Tightest(_byFree[level, kind], kind, demand.WorldSize) is not { } tightest) continue;
            place = tightest;
            break;
        }
        if (place is null) return null;
        var devices = new List<Device>(demand.WorldSize);
        place.Gather(kind, demand.WorldSize, devices);
        return devices;
    }

    private static Device? FirstOf(Place place, int kind)
    {
        if (place.Free[kind] == 0) return null;
        var found = new List<Device>(1);
        place.Gather(kind, 1, found);
        return found[0];
    }

    /// <summary>A free device for a share: the fullest that it fits on, else a wholly free one of the host with the fewest.</summary>
    private Device? FindShared(Demand demand)
    {
        var kind = (int)demand.Device;
        if (_shared[kind].Max is { } most && most.IndexedAs >= demand.Share)
        {
            var least = new Device("", demand.Device, Root) { IndexedAs = demand.Share };
            return _shared[kind].GetViewBetween(least, most).Min;
        }
        var found = new List<Device>(1);
        Place.Tightest(_byFree[(int)TopologyLevel.Host, kind], kind, 1)?.Gather(kind, 1, found);
        return found.Count > 0 ? found[0] : null;
    }

    private void Index(Device device, int freeAs)
    {
        if (device.IndexedAs == freeAs) return;
        if (device.IndexedAs == Device.Whole) CountFree(device, -1);
        else if (device.IndexedAs > 0) _shared[(int)device.Kind].Remove(device);
        device.IndexedAs = freeAs;
        if (freeAs == Device.Whole) CountFree(device, 1);
        else if (freeAs > 0) _shared[(int)device.Kind].Add(device);
    }

    private void CountFree(Device device, int change)
    {
        if (change > 0) device.Host.Add(device);
        else device.Host.Remove(device);
        var kind = (int)device.Kind;
        for (var place = device.Host; place is not null; place = place.Parent)
        {
            var order = place.Level is { } level ? _byFree[(int)level, kind] : null;
            order?.Remove(place);
            place.Parent?.Unlink(place, kind);
            place.Free[kind] += change;
            order?.Add(place);
            place.Parent?.Link(place, kind);
        }
    }

    /// <summary>Counts a device at its places. A place without devices is forgotten: hosts come and go.</summary>
    private void Count(Device device, int change)
    {
        var kind = (int)device.Kind;
        for (var place = device.Host; place is not null; place = place.Parent)
        {
            place.Total[kind] += change;
            _peak[LevelIndex(place.Level), kind] = Math.Max(_peak[LevelIndex(place.Level), kind], place.Total[kind]);
            if (place.Level is not { } level) continue;
            if (change > 0)
            {
                _byFree[(int)level, kind].Add(place);
                place.Parent!.Link(place, kind);
            }
            else if (place.Total[kind] == 0)
            {
                _byFree[(int)level, kind].Remove(place);
                place.Parent!.Unlink(place, kind);
                if (Array.TrueForAll(place.Total, t => t == 0)) _places.Remove((level, place.Name));
            }
        }
    }

    private Place PlaceOf(TopologyLevel level, string name, Place parent, string label = "")
    {
        if (_places.TryGetValue((level, name), out var place)) return place;
        place = new Place(name, level, parent, label);
        _places.Add((level, name), place);
        return place;
    }

    private static int LevelIndex(TopologyLevel? level) => level is { } l ? (int)l : Levels;

    private static TopologyLevel Min(TopologyLevel prefer, TopologyLevel? require) => require is { } r && r < prefer ? r : prefer;
}
