namespace Orchestrator.Grains.Contracts;

/// <summary>A worker that is alive.</summary>
/// <param name="Worker">Its id.</param>
/// <param name="IsBusy">Whether it runs something, or is about to.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.FleetMember")]
public sealed record FleetMember(
    [property: Id(0)] string Worker,
    [property: Id(1)] bool IsBusy);
