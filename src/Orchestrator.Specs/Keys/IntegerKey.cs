using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a whole number of a range.</summary>
internal sealed class IntegerKey(string name, string description, long minimum, long maximum) : SweepKey(name, description)
{
    public long? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Scalar { Value: ParameterValue.Integer { Value: var value } } && value >= minimum && value <= maximum) return value;
        section.Expected(this, node, $"a whole number from {minimum} to {maximum}");
        return null;
    }

    protected override JsonObject ValueSchema() => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };
}
