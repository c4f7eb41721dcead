namespace Orchestrator.Grains.Contracts;

/// <summary>A validated sweep to be run.</summary>
/// <param name="Spec">The spec as JSON.</param>
/// <param name="Source">The sweep file's text.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.Submission")]
public sealed record Submission(
    [property: Id(0)] string Spec,
    [property: Id(1)] string Source);
