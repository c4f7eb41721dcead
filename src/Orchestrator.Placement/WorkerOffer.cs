using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>What a worker brings to the pool: one slot on a device.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Device">What its slot is made of.</param>
public sealed record WorkerOffer(WorkerId Worker, string Host, DeviceKind Device)
{
    /// <summary>Which device of the host it uses; workers of one host that name the same one share it. Empty: one of its own.</summary>
    public string DeviceId { get; init; } = "";

    /// <summary>How much memory there is for trials, in megabytes, for it and for those that it shares it with; 0: unknown, and none for trials that say what they take.</summary>
    public long Memory { get; init; }

    /// <summary>Whose memory that is, such as a container's; workers of one host that name the same share it. Empty: the host's.</summary>
    public string MemoryOf { get; init; } = "";

    /// <summary>The rack of the host; empty where there are none.</summary>
    public string Rack { get; init; } = "";

    /// <summary>The zone of the rack; empty where there are none.</summary>
    public string Zone { get; init; } = "";
}
