using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a finite number, maybe one above a bound.</summary>
internal sealed class NumberKey(string name, string description, double? above = null) : SweepKey(name, description)
{
    public double? Read(Section section) => ReadValue(section)?.Number;

    /// <summary>The value as it is written: a whole number or a real.</summary>
    public ParameterValue? ReadValue(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Scalar { Value: { Number: { } number } value } && double.IsFinite(number) && !(number <= above)) return value;
        section.Expected(this, node, above is { } bound ? $"a number above {bound}" : "a number");
        return null;
    }

    protected override JsonObject ValueSchema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (above is { } bound) schema["exclusiveMinimum"] = bound;
        return schema;
    }
}
