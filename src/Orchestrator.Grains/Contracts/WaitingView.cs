namespace Orchestrator.Grains.Contracts;

/// <summary>Where an experiment stands in its queue and what it waits for.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Position">Its place there, from 1; 0 where it can never fit.</param>
/// <param name="Length">How many experiments wait there.</param>
/// <param name="Since">Since when it waits for its next gang.</param>
/// <param name="Cause"><c>turn</c>, <c>devices</c>, <c>topology</c>, <c>memory</c>, <c>quota</c>, <c>budget</c>, <c>workers</c> or <c>never</c>.</param>
/// <param name="Text">All of this for people.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.WaitingView")]
public sealed record WaitingView(
    [property: Id(0)] string Queue,
    [property: Id(1)] int Position,
    [property: Id(2)] int Length,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string Cause,
    [property: Id(5)] string Text);
