using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a parameter's value: a number, a text or a flag.</summary>
internal sealed class ScalarKey(string name, string description) : SweepKey(name, description)
{
    public ParameterValue? Read(Section section) => section.Entry(this)?.Value is { } node ? ReadItem(section, this, node) : null;

    public static ParameterValue? ReadItem(Section section, SweepKey key, YamlNode node)
    {
        if (node is YamlNode.Scalar { Value: { } value } && double.IsFinite(value.Number ?? 0)) return value;
        section.Expected(key, node, "a finite number, a text, true or false");
        return null;
    }

    protected override JsonObject ValueSchema() => ItemSchema();

    public static JsonObject ItemSchema() => new() { ["type"] = new JsonArray("number", "string", "boolean") };
}
