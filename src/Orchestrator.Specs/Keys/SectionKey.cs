using System.Text.Json.Nodes;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a map with keys of its own.</summary>
internal sealed class SectionKey(string name, string description, KeyTable table, string? shortForm = null) : SweepKey(name, description)
{
    public KeyTable Table { get; } = table;

    /// <summary>The section; null where the key is not there, is a short form, or is no map.</summary>
    public Section? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Mapping map) return new Section(map, section.PathOf(Name), Table, section.Findings);
        if (shortForm is null || node is not YamlNode.Scalar { Value: Domain.Parameters.ParameterValue.Text })
            section.Expected(this, node, shortForm is null ? $"a map with {string.Join(", ", Table.Names)}" : $"{shortForm}, or a map with {string.Join(", ", Table.Names)}");
        return null;
    }

    /// <summary>The text of the short form, or null.</summary>
    public string? ReadShort(Section section) =>
        section.Entry(this)?.Value is YamlNode.Scalar { Value: Domain.Parameters.ParameterValue.Text { Value: { Length: > 0 } text } } ? text : null;

    protected override JsonObject ValueSchema()
    {
        var map = SweepSchema.Map(Table);
        return shortForm is null ? map : new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, map) };
    }
}
