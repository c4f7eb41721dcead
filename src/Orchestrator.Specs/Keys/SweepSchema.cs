using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Specs.Keys;

/// <summary>The JSON schema of sweep files, for editors; docs/sweep.schema.json is its text.</summary>
public static class SweepSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema (JSON Schema 2020-12), indented, with a line end at its end.</summary>
    public static string Text()
    {
        var root = Map(SweepKeys.Root);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }
        schema["required"] = new JsonArray(SweepKeys.Task.Name, SweepKeys.Method.Name, SweepKeys.Metric.Name, SweepKeys.Parameters.Name);
        schema["$defs"] = new JsonObject { ["parameter"] = Map(ParameterKeys.Table) };
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    internal static JsonObject Map(KeyTable table)
    {
        var properties = new JsonObject();
        foreach (var key in table.Keys) properties[key.Name] = key.Schema();
        return new JsonObject { ["title"] = table.Title, ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }
}
