using Orchestrator.Domain.Experiments;

namespace Orchestrator.Grains.Contracts;

/// <summary>A rank has ended its part of an attempt.</summary>
/// <param name="Attempt">What ended.</param>
/// <param name="Worker">The worker of the rank.</param>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="LogTail">The last lines of its log, where it failed.</param>
/// <param name="ExitCode">What the user's program ended with, where it is one that failed.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.RankEnd")]
public sealed record RankEnd(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] string Worker,
    [property: Id(2)] AttemptOutcome Outcome,
    [property: Id(3)] string? Reason,
    [property: Id(4)] string? LogTail,
    [property: Id(5)] int? ExitCode = null);
