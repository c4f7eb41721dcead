using System.Text.Json.Nodes;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Output;

/// <summary>A trial as JSON.</summary>
internal static class TrialJson
{
    /// <summary>The whole trial.</summary>
    public static JsonObject Of(Trial trial) => new()
    {
        ["number"] = trial.Number,
        ["status"] = trial.Status,
        ["parameters"] = Parameters(trial),
        ["attempt"] = trial.Attempt,
        ["ranks"] = trial.Workers.Count,
        ["epoch"] = trial.Epoch,
        ["epochs"] = trial.Epochs,
        ["step"] = trial.Step,
        ["metrics"] = new JsonObject(trial.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, JsonText.Number(pair.Value)))),
        ["best_metric"] = trial.HasBestMetric ? JsonText.Number(trial.BestMetric) : null,
        ["best_epoch"] = trial.BestEpoch,
        ["seed"] = trial.Seed,
        ["parent"] = trial.Parent > 0 ? trial.Parent : null,
        ["parent_epoch"] = trial.Parent > 0 ? trial.ParentEpoch : null,
        ["findings"] = new JsonArray([.. trial.Findings.Select(finding => JsonValue.Create(finding))]),
        ["reason"] = trial.Reason,
        ["waits_for"] = trial.WaitsFor,
    };

    /// <summary>A trial's parameters.</summary>
    public static JsonNode? Parameters(Trial trial) => trial.Parameters.Length == 0 ? new JsonObject() : JsonNode.Parse(trial.Parameters);
}
