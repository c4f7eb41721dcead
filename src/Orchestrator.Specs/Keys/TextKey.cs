using System.Text.Json.Nodes;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a text that is not empty.</summary>
internal sealed class TextKey(string name, string description) : SweepKey(name, description)
{
    private const int MaximumLength = 4096;

    public string? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        // An unquoted name such as 12 or true is meant as it is written.
        if (node is YamlNode.Scalar { Value: not null, Text: { Length: > 0 and <= MaximumLength } text }) return text;
        section.Expected(this, node, "a text");
        return null;
    }

    protected override JsonObject ValueSchema() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = MaximumLength };
}
