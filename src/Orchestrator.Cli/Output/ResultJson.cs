using System.Text.Json.Nodes;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Output;

/// <summary>A result as JSON: the last line of <c>run --json</c>.</summary>
internal static class ResultJson
{
    /// <summary>The whole result.</summary>
    public static JsonObject Of(ExperimentResult result)
    {
        var json = Experiment(result.View);
        json["best"] = Best(result.View, result.Checkpoint);
        json["trials"] = new JsonArray([.. result.View.Trials.Select(TrialJson.Of)]);
        json["seconds"] = Math.Round(result.Seconds, 3);
        json["artifacts"] = new JsonObject { ["samples"] = result.Samples, ["reconstructions"] = result.Reconstructions, ["checkpoint"] = result.Checkpoint };
        return json;
    }

    /// <summary>The header alone.</summary>
    public static JsonObject Experiment(ExperimentView view)
    {
        var experiment = view.Experiment;
        return new JsonObject
        {
            ["experiment"] = experiment.Id,
            ["task"] = experiment.Task,
            ["status"] = experiment.Status,
            ["reason"] = experiment.Reason,
            ["metric"] = experiment.Metric,
            ["goal"] = experiment.Maximize ? "maximize" : "minimize",
            ["world_size"] = experiment.WorldSize,
            ["trial_count"] = experiment.TrialCount,
            ["trial_budget"] = experiment.TrialBudget > 0 ? experiment.TrialBudget : null,
            ["submitted_at"] = experiment.SubmittedAt?.ToDateTimeOffset(),
            ["ended_at"] = experiment.EndedAt?.ToDateTimeOffset(),
            ["queue"] = experiment.Queue,
            ["priority"] = experiment.Priority,
            ["waiting"] = QueueJson.Of(experiment.Waiting),
            ["folder"] = LocalPath.Of(experiment.Folder),
        };
    }

    /// <summary>With several metrics, the trials that no other one beats; null with one.</summary>
    public static JsonArray? ParetoFront(ExperimentView view) => view.Experiment.FurtherMetrics.Count == 0 ? null :
    [
        .. view.ParetoFront.Select(trial => new JsonObject
        {
            ["trial"] = trial.Number,
            ["parameters"] = TrialJson.Parameters(trial),
            ["metrics"] = new JsonObject(view.Metrics.Select(name => KeyValuePair.Create(name, (JsonNode?)JsonText.Number(trial.Metrics[name])))),
        }),
    ];

    /// <summary>The best trial, or null before the first report.</summary>
    public static JsonObject? Best(ExperimentView view, string? checkpoint) => view.Best is not { } best ? null : new JsonObject
    {
        ["trial"] = best.Number,
        ["parameters"] = TrialJson.Parameters(best),
        ["metric"] = view.Experiment.Metric,
        ["value"] = best.HasBestMetric ? JsonText.Number(best.BestMetric) : null,
        ["epoch"] = best.BestEpoch,
        ["checkpoint"] = checkpoint,
    };
}
