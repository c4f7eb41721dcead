using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>A team's queue.</summary>
/// <param name="Name">Its name.</param>
public sealed record QueueSettings(string Name)
{
    /// <summary>Its part of the pool beside those of the other queues that want something, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Queues of a higher class go first, and take slots from those of lower ones.</summary>
    public int Class { get; init; }

    /// <summary>The most devices of a kind that its gangs may have at once; a kind that is not here: no bound.</summary>
    public IReadOnlyDictionary<DeviceKind, double> Quota { get; init; } = new Dictionary<DeviceKind, double>();
}
