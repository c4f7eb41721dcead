using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;

namespace Orchestrator.Grains.Contracts;

/// <summary>A trial as clients see it.</summary>
/// <param name="Number">The trial.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Parameters">One JSON object.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Attempt">Its newest attempt.</param>
/// <param name="Epoch">Epochs ended.</param>
/// <param name="Epochs">Epochs in all; 0: unknown.</param>
/// <param name="Step">Optimizer steps.</param>
/// <param name="Metrics">What it last measured.</param>
/// <param name="BestMetric">Its best value.</param>
/// <param name="BestEpoch">The epoch of that.</param>
/// <param name="Reason">Why it ended or waits.</param>
/// <param name="Workers">Of its newest attempt.</param>
/// <param name="Progress">While it runs.</param>
/// <param name="StartedAt">When its newest attempt started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Parent">The trial that it was forked from.</param>
/// <param name="ParentEpoch">The epoch of the parent that it began from.</param>
/// <param name="Findings">What was found to be wrong with its training.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.TrialView")]
public sealed record TrialView(
    [property: Id(0)] int Number,
    [property: Id(1)] TrialStatus Status,
    [property: Id(2)] string Parameters,
    [property: Id(3)] long Seed,
    [property: Id(4)] int Attempt,
    [property: Id(5)] int Epoch,
    [property: Id(6)] int Epochs,
    [property: Id(7)] long Step,
    [property: Id(8)] ImmutableDictionary<string, double> Metrics,
    [property: Id(9)] double? BestMetric,
    [property: Id(10)] int BestEpoch,
    [property: Id(11)] string? Reason,
    [property: Id(12)] ImmutableArray<string> Workers,
    [property: Id(13)] RankProgress? Progress,
    [property: Id(14)] DateTimeOffset? StartedAt,
    [property: Id(15)] DateTimeOffset? EndedAt,
    [property: Id(16)] int? Parent,
    [property: Id(17)] int ParentEpoch,
    [property: Id(18)] ImmutableArray<string> Findings);
