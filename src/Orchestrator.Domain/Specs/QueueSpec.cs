namespace Orchestrator.Domain.Specs;

/// <summary>A team's queue.</summary>
/// <param name="Name">Its name: <c>a-z 0-9 -</c>, at most 40 characters.</param>
public sealed record QueueSpec(string Name)
{
    /// <summary>The queue of an experiment that names none.</summary>
    public const string Default = "default";

    /// <summary>Its part of the pool beside those of the other queues that want something, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Queues of a higher class go first, and take slots from those of lower ones.</summary>
    public int Class { get; init; }

    /// <summary>The most devices of a kind that its gangs may have at once; a kind that is not here: no bound.</summary>
    public IReadOnlyDictionary<DeviceKind, double> Quota { get; init; } = new Dictionary<DeviceKind, double>();

    /// <summary>What its trials may use; null: no bound.</summary>
    public QueueBudgetSpec? Budget { get; init; }
}
