using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a text or a list of texts.</summary>
internal sealed class TextListKey(string name, string description, int mostItems) : SweepKey(name, description)
{
    /// <summary>The texts; null where the key is not there or is faulty.</summary>
    public IReadOnlyList<string>? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        IReadOnlyList<YamlNode> items = node is YamlNode.Sequence list ? list.Items : [node];
        List<string> texts = [.. items.OfType<YamlNode.Scalar>().Where(i => i.Value is ParameterValue.Text { Value.Length: > 0 }).Select(i => i.Text)];
        if (texts.Count == items.Count && texts.Count >= 1 && texts.Count <= mostItems) return texts;
        section.Expected(this, node, $"a text, or a list of 1 to {mostItems} texts");
        return null;
    }

    protected override JsonObject ValueSchema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = mostItems, ["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 } }),
    };
}
