using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;

namespace Orchestrator.Grains.Contracts;

/// <summary>An experiment as clients see it, and the trials that changed.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Name">Its short name.</param>
/// <param name="Task">What it trains.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Reason">Why it stopped or ended.</param>
/// <param name="Metric">What it optimises.</param>
/// <param name="Maximize">Whether more is better.</param>
/// <param name="TrialBudget">How many trials at most.</param>
/// <param name="WorldSize">Ranks of a trial.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended or was stopped.</param>
/// <param name="BestTrial">The best trial; 0 before the first report.</param>
/// <param name="TrialCount">Trials proposed so far.</param>
/// <param name="Source">The sweep file's text.</param>
/// <param name="Folder">The URI of its folder.</param>
/// <param name="Trials">All trials, or those changed since the revision asked about.</param>
/// <param name="Revision">To ask from the next time.</param>
/// <param name="Queue">The queue that its trials wait in.</param>
/// <param name="Priority">Its priority there.</param>
/// <param name="Waiting">Where it stands there and what it waits for; null where it has all that it could use.</param>
/// <param name="FurtherMetrics">The metrics beside the first.</param>
/// <param name="ParetoFront">With several metrics, the trials that no other one beats.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.ExperimentView")]
public sealed record ExperimentView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Task,
    [property: Id(3)] ExperimentStatus Status,
    [property: Id(4)] string? Reason,
    [property: Id(5)] string Metric,
    [property: Id(6)] bool Maximize,
    [property: Id(7)] int? TrialBudget,
    [property: Id(8)] int WorldSize,
    [property: Id(9)] DateTimeOffset SubmittedAt,
    [property: Id(10)] DateTimeOffset? EndedAt,
    [property: Id(11)] int BestTrial,
    [property: Id(12)] int TrialCount,
    [property: Id(13)] string Source,
    [property: Id(14)] string Folder,
    [property: Id(15)] ImmutableArray<TrialView> Trials,
    [property: Id(16)] long Revision,
    [property: Id(17)] string Queue,
    [property: Id(18)] int Priority,
    [property: Id(19)] WaitingView? Waiting,
    [property: Id(20)] ImmutableArray<string> FurtherMetrics,
    [property: Id(21)] ImmutableArray<int> ParetoFront);
