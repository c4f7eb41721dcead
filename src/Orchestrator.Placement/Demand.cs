using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>How many gangs an experiment could use now, beyond those it has, and what they are like.</summary>
/// <param name="Gangs">The number of gangs, 0 or more.</param>
/// <param name="WorldSize">Slots in each gang, at least 1.</param>
/// <param name="Device">The kind of slot.</param>
public sealed record Demand(int Gangs, int WorldSize, DeviceKind Device)
{
    /// <summary>The team's queue that it waits in.</summary>
    public string Queue { get; init; } = QueueSpec.Default;

    /// <summary>More goes first within the queue, and may take slots from less.</summary>
    public int Priority { get; init; }

    /// <summary>How much of a device each slot takes, in thousandths, 1 to 1,000; below that only where <see cref="WorldSize"/> is 1.</summary>
    public int Share { get; init; } = Placement.Device.Whole;

    /// <summary>What each slot takes of its host's memory, in megabytes; 0: it does not say, and takes what is there.</summary>
    public long Memory { get; init; }

    /// <summary>How near to one another the slots of a gang should be.</summary>
    public TopologyLevel Prefer { get; init; } = TopologyLevel.Host;

    /// <summary>How near to one another they have to be; null: anywhere.</summary>
    public TopologyLevel? Require { get; init; }

    /// <summary>Hosts that it must not have.</summary>
    public IReadOnlySet<string> ExcludedHosts { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What one gang takes, in thousandths of a device.</summary>
    internal long Units => (long)WorldSize * Share;

    /// <summary>What one gang takes of hosts' memory, in megabytes.</summary>
    internal long TotalMemory => WorldSize * Memory;

    /// <summary>Whether one gang of this is like one of <paramref name="other"/>, however many there are.</summary>
    internal bool IsLike(Demand other) =>
        (WorldSize, Device, Queue, Priority, Share, Memory, Require) == (other.WorldSize, other.Device, other.Queue, other.Priority, other.Share, other.Memory, other.Require)
        && ExcludedHosts.SetEquals(other.ExcludedHosts);
}
