using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a list of points: maps from parameters to values; maps within them nest, as parameters do.</summary>
internal sealed class PointListKey(string name, string description) : SweepKey(name, description)
{
    private const int MaximumLength = 10_000;

    /// <summary>The points, each entry with its place; none where the key is not there.</summary>
    public IReadOnlyList<IReadOnlyList<(string Name, ParameterValue Value, YamlPosition Position)>> Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return [];
        if (node is not YamlNode.Sequence { Items: { Count: <= MaximumLength } items })
        {
            section.Expected(this, node, $"a list of at most {MaximumLength} points");
            return [];
        }
        var points = new List<IReadOnlyList<(string, ParameterValue, YamlPosition)>>();
        foreach (var item in items)
        {
            var point = new List<(string, ParameterValue, YamlPosition)>();
            if (item is YamlNode.Mapping map) ReadInto(section, point, map, "");
            else section.Expected(this, item, "a map from parameters to values");
            points.Add(point);
        }
        return points;
    }

    private void ReadInto(Section section, List<(string, ParameterValue, YamlPosition)> point, YamlNode.Mapping map, string prefix)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlNode.Mapping nested) ReadInto(section, point, nested, $"{prefix}{entry.Key}.");
            else if (ScalarKey.ReadItem(section, this, entry.Value) is { } value) point.Add((prefix + entry.Key, value, entry.Value.Position));
        }
    }

    protected override JsonObject ValueSchema() => new()
    {
        ["type"] = "array",
        ["maxItems"] = MaximumLength,
        ["items"] = new JsonObject { ["type"] = "object" },
    };
}
