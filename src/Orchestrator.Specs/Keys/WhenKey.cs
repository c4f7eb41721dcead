using System.Text.Json.Nodes;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a map from parameters to the value, or the list of values, that they must have.</summary>
internal sealed class WhenKey(string name, string description) : SweepKey(name, description)
{
    /// <summary>The conditions with their places; none where the key is not there.</summary>
    public IReadOnlyList<(ParameterCondition Condition, YamlPosition Position)> Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return [];
        if (node is not YamlNode.Mapping { Entries.Count: > 0 } map)
        {
            section.Expected(this, node, "a map from another parameter to its value or a list of its values");
            return [];
        }
        var conditions = new List<(ParameterCondition, YamlPosition)>();
        foreach (var entry in map.Entries)
        {
            IReadOnlyList<YamlNode> items = entry.Value is YamlNode.Sequence list ? list.Items : [entry.Value];
            var values = items.Select(item => ScalarKey.ReadItem(section, this, item)).ToList();
            if (values.Count == 0) section.Expected(this, entry.Value, "at least one value");
            else if (values.TrueForAll(v => v is not null)) conditions.Add((new ParameterCondition(entry.Key, [.. values.Select(v => v!)]), entry.Position));
        }
        return conditions;
    }

    protected override JsonObject ValueSchema() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = new JsonObject { ["oneOf"] = new JsonArray(ScalarKey.ItemSchema(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = ScalarKey.ItemSchema() }) },
    };
}
