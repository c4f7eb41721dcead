using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>A report of a trial at a scheduler step.</summary>
/// <param name="Attempt">Who reports.</param>
/// <param name="Sequence">Ascending within the attempt.</param>
/// <param name="Epoch">Epochs ended.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="Findings">What is wrong with the training; default or empty: nothing new.</param>
/// <param name="Worker">The worker that sent it.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.TrialReport")]
public sealed record TrialReport(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] long Sequence,
    [property: Id(2)] int Epoch,
    [property: Id(3)] long Step,
    [property: Id(4)] ImmutableDictionary<string, double> Metrics,
    [property: Id(5)] ImmutableArray<string> Findings,
    [property: Id(6)] string Worker);
