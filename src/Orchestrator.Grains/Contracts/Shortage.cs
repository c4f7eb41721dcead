namespace Orchestrator.Grains.Contracts;

/// <summary>Why there will be no more workers of a kind for now.</summary>
/// <param name="Device">The kind.</param>
/// <param name="Text">Why, in the words of who would start them.</param>
/// <param name="IsFinal">Whether who has nothing of it waits in vain.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.Shortage")]
public sealed record Shortage(
    [property: Id(0)] string Device,
    [property: Id(1)] string Text,
    [property: Id(2)] bool IsFinal);
