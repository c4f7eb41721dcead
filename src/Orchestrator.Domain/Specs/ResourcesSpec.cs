using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>What each trial runs on.</summary>
/// <param name="WorldSize">Ranks of a trial, 1 to 1,024.</param>
/// <param name="Device">The kind of slot each rank takes.</param>
/// <param name="MaxParallel">How many trials may run at once; null: as many as fit.</param>
public sealed record ResourcesSpec(int WorldSize = 1, DeviceKind Device = DeviceKind.Cpu, int? MaxParallel = null)
{
    /// <summary>Which part of a device each rank takes, above 0 and at most 1 in steps of 0.001; below 1 only where <see cref="WorldSize"/> is 1. Null: all of it.</summary>
    public double? DeviceFraction { get; init; }

    /// <summary>With how many ranks a trial goes on when it loses others, 1 to <see cref="WorldSize"/>; null: it goes on with all, from a checkpoint.</summary>
    public int? MinWorldSize { get; init; }

    /// <summary>What each rank takes of its host's memory, in gigabytes (10⁹ bytes), above 0, in steps of 0.001. Null: it does not say.</summary>
    public double? MemoryGb { get; init; }

    /// <summary>The same in megabytes; 0: it does not say.</summary>
    [JsonIgnore]
    public long MemoryMegabytes => (long)Math.Round((MemoryGb ?? 0) * 1000);

    /// <summary>How near to one another a trial's ranks should be; farther where that is not free.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TopologyLevel Prefer { get; init; }

    /// <summary>How near to one another a trial's ranks have to be; null: anywhere.</summary>
    public TopologyLevel? Require { get; init; }
}
