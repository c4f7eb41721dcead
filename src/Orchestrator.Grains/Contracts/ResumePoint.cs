namespace Orchestrator.Grains.Contracts;

/// <summary>A checkpoint that an attempt may resume from.</summary>
/// <param name="Attempt">The attempt that wrote it.</param>
/// <param name="Epoch">Epochs trained.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Location">The URI of its folder.</param>
/// <param name="ManifestSha256">The hash of its manifest.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Metric">The optimised metric there, if measured.</param>
/// <param name="CreatedAt">When it was durable.</param>
/// <param name="Trial">The trial that wrote it: an ancestor, where a fork has none of its own yet.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.ResumePoint")]
public sealed record ResumePoint(
    [property: Id(0)] int Attempt,
    [property: Id(1)] int Epoch,
    [property: Id(2)] long Step,
    [property: Id(3)] string Location,
    [property: Id(4)] string ManifestSha256,
    [property: Id(5)] long Bytes,
    [property: Id(6)] double? Metric,
    [property: Id(7)] DateTimeOffset CreatedAt,
    [property: Id(8)] int Trial);
