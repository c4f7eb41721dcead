using System.Text.Json.Nodes;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a map from parameter names to their values.</summary>
internal sealed class ParametersKey(string name, string description) : SweepKey(name, description)
{
    /// <summary>The parameters; null where the key is not there or is no map.</summary>
    public YamlNode.Mapping? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Mapping { Entries.Count: > 0 } map) return map;
        section.Expected(this, node, "a map from each parameter's name to its values");
        return null;
    }

    protected override JsonObject ValueSchema() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = new JsonObject { ["$ref"] = "#/$defs/parameter" },
    };
}
