using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>Says of a gang that it can never fit.</summary>
internal sealed class FitCheck(PoolSettings settings, ClusterMap map, SlotTable slots, QueueBook book)
{
    /// <summary>Why a gang can never fit; null where it may.</summary>
    public string? Never(Demand demand, DateTimeOffset now)
    {
        var kind = DeviceName(demand.Device);
        if (book.Queue(demand.Queue) is not { } queue)
            return $"There is no queue '{demand.Queue}'; there are: {string.Join(", ", settings.Queues.Select(q => q.Name))}.";
        if (demand.Units > queue.Quota(demand.Device))
            return $"A trial takes {Devices(demand)}; the quota of queue '{demand.Queue}' is {queue.Settings.Quota[demand.Device]:0.###}.";
        if (NeverByMemory(demand, now) is { } memory) return memory;
        if (settings.Capacity.TryGetValue(demand.Device, out var capacity))
            return demand.WorldSize > capacity ? $"A trial takes {Devices(demand)}; the pool has at most {capacity}." : null;
        var peak = map.Peak(null, demand.Device);
        if (peak == 0 || now - slots.LastJoined(demand.Device) < settings.GrownUpAfter) return null;
        if (peak < demand.WorldSize) return $"A trial takes {Devices(demand)}; the pool has never had more than {peak} {kind} devices. Start more workers first, or make world_size smaller.";
        if (demand.Require is { } level && map.Peak(level, demand.Device) is var near && near < demand.WorldSize)
            return $"A trial takes {Devices(demand)} of one {LevelName(level)}; no {LevelName(level)} has ever had more than {near}. Require less, or make world_size smaller.";
        return null;
    }

    private string? NeverByMemory(Demand demand, DateTimeOffset now)
    {
        if (demand.Memory <= map.MostMemory(demand.Device) || map.Peak(null, demand.Device) == 0 || now - slots.LastJoined(demand.Device) < settings.GrownUpAfter) return null;
        return $"A trial takes {Gigabytes(demand.Memory)} of memory for each rank; no host with {DeviceName(demand.Device)} devices has ever had more than {Gigabytes(map.MostMemory(demand.Device))}. Ask for less memory_gb, or start workers that have more.";
    }

    public static string Gigabytes(long megabytes) => FormattableString.Invariant($"{megabytes / 1000.0:0.###} GB");

    /// <summary>What a gang takes, for people.</summary>
    public static string Needs(Demand demand) => demand.Memory == 0 ? Devices(demand) : $"{Devices(demand)} with {Gigabytes(demand.Memory)} of memory{(demand.WorldSize > 1 ? " each" : "")}";

    public static string Devices(Demand demand) => demand.Share < Device.Whole
        ? FormattableString.Invariant($"{demand.Share / (double)Device.Whole:0.###} of a {DeviceName(demand.Device)} device")
        : $"{demand.WorldSize} {DeviceName(demand.Device)} device{(demand.WorldSize == 1 ? "" : "s")}";

    public static string DeviceName(DeviceKind kind) => kind.ToString().ToLowerInvariant();

    public static string LevelName(TopologyLevel level) => level.ToString().ToLowerInvariant();
}
