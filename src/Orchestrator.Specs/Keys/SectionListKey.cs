using System.Text.Json.Nodes;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a map with keys of its own, or a list of such maps.</summary>
internal sealed class SectionListKey(string name, string description, KeyTable table, int mostItems) : SweepKey(name, description)
{
    /// <summary>The sections; none, with an error, where the value is faulty.</summary>
    public IReadOnlyList<Section> Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return [];
        if (node is YamlNode.Mapping map) return [new Section(map, section.PathOf(Name), table, section.Findings)];
        if (node is YamlNode.Sequence { Items: var items } && items.Count >= 1 && items.Count <= mostItems && items.All(i => i is YamlNode.Mapping))
            return [.. items.Select((item, i) => new Section((YamlNode.Mapping)item, $"{section.PathOf(Name)}[{i}]", table, section.Findings))];
        section.Expected(this, node, $"a map with {string.Join(", ", table.Names)}, or a list of 1 to {mostItems} of them");
        return [];
    }

    protected override JsonObject ValueSchema()
    {
        var map = SweepSchema.Map(table);
        return new JsonObject { ["oneOf"] = new JsonArray(map, new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = mostItems, ["items"] = SweepSchema.Map(table) }) };
    }
}
