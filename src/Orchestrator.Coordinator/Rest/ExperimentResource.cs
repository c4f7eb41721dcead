using System.Globalization;
using Orchestrator.Coordinator.Gateway;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>An experiment in the REST API. Its revision is a text, since it has more digits than numbers of JavaScript.</summary>
internal sealed record ExperimentResource(
    string Id,
    string Name,
    string Task,
    string Status,
    string? Reason,
    MetricResource Metric,
    int? TrialBudget,
    int WorldSize,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    int? BestTrial,
    int TrialCount,
    string Folder,
    string Source,
    string Queue,
    int Priority,
    WaitingResource? Waiting,
    IReadOnlyList<string> FurtherMetrics,
    IReadOnlyList<int> ParetoFront,
    string Revision,
    IReadOnlyList<TrialResource>? Trials)
{
    public static ExperimentResource Of(ExperimentView view, bool withTrials) => new(
        view.Id, view.Name, view.Task, Messages.Name(view.Status), view.Reason, new MetricResource(view.Metric, view.Maximize ? "maximize" : "minimize"),
        view.TrialBudget, view.WorldSize, view.SubmittedAt, view.EndedAt, view.BestTrial == 0 ? null : view.BestTrial, view.TrialCount, view.Folder, view.Source,
        view.Queue, view.Priority, view.Waiting is { } waiting ? WaitingResource.Of(waiting) : null, view.FurtherMetrics, view.ParetoFront, view.Revision.ToString(CultureInfo.InvariantCulture),
        withTrials ? [.. view.Trials.Select(TrialResource.Of)] : null);
}
