using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>A host, a rack, a zone or (at the top) the cluster: how many devices of each kind are in it, and how many of them wholly free.</summary>
/// <param name="name">Unique among the places of its level.</param>
/// <param name="level">What it is; null: the cluster.</param>
/// <param name="parent">What it is in; null for the cluster.</param>
/// <param name="label">What a host calls itself; hosts of different racks may have the same name.</param>
internal sealed class Place(string name, TopologyLevel? level, Place? parent, string label = "")
{
    /// <summary>How many kinds of device there are.</summary>
    public static readonly int Kinds = Enum.GetValues<DeviceKind>().Length;

    private readonly SortedSet<Place>[] _children = [.. Enumerable.Range(0, Kinds).Select(NewSet)];
    private readonly SortedSet<Device>[] _free = [.. Enumerable.Range(0, Kinds).Select(_ => new SortedSet<Device>(ByName))];

    private static readonly Comparer<Device> ByName = Comparer<Device>.Create((x, y) => string.CompareOrdinal(x.Name, y.Name));

    public string Name { get; } = name;

    public string Label { get; } = label;

    public TopologyLevel? Level { get; } = level;

    public Place? Parent { get; } = parent;

    /// <summary>The devices of a host; nothing at the other levels.</summary>
    public HashSet<Device> Devices { get; } = [];

    /// <summary>Wholly free devices, by kind.</summary>
    public int[] Free { get; } = new int[Kinds];

    /// <summary>Devices, by kind.</summary>
    public int[] Total { get; } = new int[Kinds];

    /// <summary>Places of a kind, by how many of its devices are free, then by name.</summary>
    public static SortedSet<Place> NewSet(int kind) => new(Comparer<Place>.Create((x, y) =>
        x.Free[kind] != y.Free[kind] ? x.Free[kind].CompareTo(y.Free[kind]) : string.CompareOrdinal(x.Name, y.Name)));

    /// <summary>The place of a set that has the fewest free devices of those that have enough, or null. O(log n).</summary>
    public static Place? Tightest(SortedSet<Place> places, int kind, int count)
    {
        if (places.Max is not { } most || most.Free[kind] < count) return null;
        var least = new Place("", null, null) { Free = { [kind] = count } };
        return places.GetViewBetween(least, most).Min;
    }

    /// <summary>Whether this is in <paramref name="other"/>, or is it.</summary>
    public bool IsIn(Place other)
    {
        for (var place = this; place is not null; place = place.Parent)
        {
            if (place == other) return true;
        }
        return false;
    }

    /// <summary>Adds <paramref name="count"/> of the free devices, which there must be, from as few hosts, racks and zones as possible.</summary>
    public void Gather(int kind, int count, List<Device> into)
    {
        foreach (var device in _free[kind])
        {
            if (count-- == 0) return;
            into.Add(device);
        }
        // The fullest first; the rest from the tightest that has it. That one has not been taken: whatever was taken has more, or a later name.
        foreach (var child in _children[kind].Reverse())
        {
            if (count <= 0) return;
            if (child.Free[kind] < count)
            {
                child.Gather(kind, child.Free[kind], into);
                count -= child.Free[kind];
                continue;
            }
            Tightest(_children[kind], kind, count)!.Gather(kind, count, into);
            return;
        }
    }

    /// <summary>A free device more of this host.</summary>
    public void Add(Device device) => _free[(int)device.Kind].Add(device);

    /// <summary>A free device less of this host.</summary>
    public void Remove(Device device) => _free[(int)device.Kind].Remove(device);

    public void Link(Place child, int kind) => _children[kind].Add(child);

    public void Unlink(Place child, int kind) => _children[kind].Remove(child);
}
