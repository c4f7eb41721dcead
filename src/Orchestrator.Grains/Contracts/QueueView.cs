using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>A queue as clients see it.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Weight">Its part of the pool beside those of the others.</param>
/// <param name="Class">Higher ones go first.</param>
/// <param name="Quota">The most devices it may have, by kind; kinds without a bound are not there.</param>
/// <param name="Taken">Devices that it has, by kind.</param>
/// <param name="DominantShare">The largest part that it has of any kind of device, 0 to 1.</param>
/// <param name="Waiting">Who waits there, the next one first.</param>
/// <param name="Budget">What its trials may use and have used; null: no bound.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.QueueView")]
public sealed record QueueView(
    [property: Id(0)] string Name,
    [property: Id(1)] double Weight,
    [property: Id(2)] int Class,
    [property: Id(3)] ImmutableDictionary<string, double> Quota,
    [property: Id(4)] ImmutableDictionary<string, double> Taken,
    [property: Id(5)] double DominantShare,
    [property: Id(6)] ImmutableArray<QueueEntryView> Waiting,
    [property: Id(7)] QueueBudgetView? Budget);
