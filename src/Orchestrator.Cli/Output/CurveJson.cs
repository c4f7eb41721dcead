using System.Text.Json.Nodes;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Output;

/// <summary>A curve as JSON.</summary>
internal static class CurveJson
{
    /// <summary>The whole curve.</summary>
    public static JsonObject Of(Curve curve) => new()
    {
        ["metric"] = curve.Metric,
        ["points"] = new JsonArray([.. Enumerable.Range(0, curve.Steps.Count).Select(i => new JsonObject
        {
            ["step"] = curve.Steps[i],
            ["value"] = JsonText.Number(curve.Values[i]),
            ["attempt"] = curve.Attempts[i],
        })]),
    };
}
