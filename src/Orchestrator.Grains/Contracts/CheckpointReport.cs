namespace Orchestrator.Grains.Contracts;

/// <summary>A checkpoint whose files are durable.</summary>
/// <param name="Attempt">Who wrote it.</param>
/// <param name="Epoch">Epochs trained.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Location">The URI of its folder.</param>
/// <param name="ManifestSha256">The hash of its manifest.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Metric">The optimised metric there, if measured.</param>
/// <param name="Worker">The worker that wrote it.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.CheckpointReport")]
public sealed record CheckpointReport(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] int Epoch,
    [property: Id(2)] long Step,
    [property: Id(3)] string Location,
    [property: Id(4)] string ManifestSha256,
    [property: Id(5)] long Bytes,
    [property: Id(6)] double? Metric,
    [property: Id(7)] string Worker);
