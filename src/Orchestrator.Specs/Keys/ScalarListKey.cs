using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a list of values, at least one.</summary>
internal sealed class ScalarListKey(string name, string description) : SweepKey(name, description)
{
    private const int MaximumLength = 10_000;

    /// <summary>The values with their places; null where the key is not there or a value is faulty.</summary>
    public IReadOnlyList<(ParameterValue Value, YamlPosition Position)>? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is not YamlNode.Sequence { Items: { Count: > 0 and <= MaximumLength } items })
        {
            section.Expected(this, node, $"a list of 1 to {MaximumLength} values");
            return null;
        }
        var values = items.Select(item => (Value: ScalarKey.ReadItem(section, this, item), item.Position)).ToList();
        return values.Exists(v => v.Value is null) ? null : [.. values.Select(v => (v.Value!, v.Position))];
    }

    protected override JsonObject ValueSchema() => new() { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = MaximumLength, ["items"] = ScalarKey.ItemSchema() };
}
