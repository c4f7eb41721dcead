using System.Text.Json.Nodes;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes one of a few words.</summary>
internal sealed class ChoiceKey<T>(string name, string description, params (string Word, T Meaning)[] choices) : SweepKey(name, description)
    where T : struct
{
    public T? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Scalar { Value: ParameterValue.Text { Value: var text } })
        {
            foreach (var (word, meaning) in choices)
                if (word == text) return meaning;
            section.Error(this, $"'{text}' is not known{Suggestion.For(text, [.. choices.Select(c => c.Word)])}");
            return null;
        }
        section.Expected(this, node, $"one of {string.Join(", ", choices.Select(c => c.Word))}");
        return null;
    }

    protected override JsonObject ValueSchema() => new() { ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c.Word)]) };
}
