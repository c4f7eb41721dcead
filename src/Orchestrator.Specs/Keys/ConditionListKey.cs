using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a list of conditions: expressions such as <c>"memory_gb &lt;= 16"</c>, or maps such as <c>{optimizer: sgd, batch_size: [256, 512]}</c>.</summary>
internal sealed class ConditionListKey(string name, string description) : SweepKey(name, description)
{
    private const int MaximumLength = 200;

    /// <summary>The conditions as expressions, with their places; none where the key is not there.</summary>
    public IReadOnlyList<(string Expression, YamlPosition Position)> Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return [];
        var conditions = new List<(string, YamlPosition)>();
        IReadOnlyList<YamlNode> items = node is YamlNode.Sequence { Items.Count: <= MaximumLength } list ? list.Items : [node];
        foreach (var item in items)
        {
            if (item is YamlNode.Scalar { Value: ParameterValue.Text { Value: var text } }) conditions.Add((text, item.Position));
            else if (item is YamlNode.Mapping { Entries.Count: > 0 } map && Combination(section, map) is { } combination) conditions.Add((combination, item.Position));
            else if (item is not YamlNode.Mapping { Entries.Count: > 0 }) section.Expected(this, item, $"a list of at most {MaximumLength} conditions, each a text such as \"depth * width <= 4096\" or a map from parameters to values");
        }
        return conditions;
    }

    /// <summary>All of the map's parameters have these values; null, with an error, where it is faulty.</summary>
    private string? Combination(Section section, YamlNode.Mapping map)
    {
        var parts = new List<string>();
        foreach (var entry in map.Entries)
        {
            IReadOnlyList<YamlNode> items = entry.Value is YamlNode.Sequence list ? list.Items : [entry.Value];
            var values = items.Select(item => ScalarKey.ReadItem(section, this, item)).ToList();
            if (values.Count == 0) section.Expected(this, entry.Value, "at least one value");
            if (values.Count == 0 || values.Contains(null)) return null;
            parts.Add($"{entry.Key} in [{string.Join(", ", values.Select(v => Literal(v!)))}]");
        }
        return string.Join(" and ", parts);
    }

    private static string Literal(ParameterValue value) =>
        value is ParameterValue.Text { Value: var text } ? text.Contains('\'', StringComparison.Ordinal) ? $"\"{text}\"" : $"'{text}'" : value.ToString()!;

    protected override JsonObject ValueSchema() => new()
    {
        ["type"] = "array",
        ["maxItems"] = MaximumLength,
        ["items"] = new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, new JsonObject { ["type"] = "object", ["minProperties"] = 1 }) },
    };
}
