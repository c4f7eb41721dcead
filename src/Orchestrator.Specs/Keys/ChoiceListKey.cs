using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes one or several of a few words.</summary>
internal sealed class ChoiceListKey<T>(string name, string description, params (string Word, T Meaning)[] choices) : SweepKey(name, description)
    where T : struct
{
    /// <summary>The choices, each once; null where the key is not there or is faulty.</summary>
    public IReadOnlyList<T>? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        IReadOnlyList<YamlNode> items = node is YamlNode.Sequence list ? list.Items : [node];
        var words = items.OfType<YamlNode.Scalar>().Select(item => item.Value is ParameterValue.Text text ? text.Value : item.Text).ToList();
        if (words.Count != items.Count || words.Count == 0)
        {
            section.Expected(this, node, $"a list of {string.Join(", ", choices.Select(c => c.Word))}");
            return null;
        }
        foreach (var word in words.Where(word => choices.All(c => c.Word != word)))
            section.Error(this, $"'{word}' is not known{Suggestion.For(word, [.. choices.Select(c => c.Word)])}");
        return [.. choices.Where(c => words.Contains(c.Word, StringComparer.Ordinal)).Select(c => c.Meaning)];
    }

    protected override JsonObject ValueSchema()
    {
        JsonArray Words() => new([.. choices.Select(c => (JsonNode)c.Word)]);
        return new JsonObject
        {
            ["oneOf"] = new JsonArray(
                new JsonObject { ["enum"] = Words() },
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["enum"] = Words() } }),
        };
    }
}
